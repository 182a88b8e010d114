import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEntry } from '../../../shared/contract/logs.ts';
import { rangeInstant, rangeText } from './logRange.ts';
import { isHit, pieces, sourceOf } from './logSearch.ts';
import { fileName, fileText } from './logText.ts';

const entry: LogEntry = {
  id: 'a',
  at: Date.UTC(2026, 2, 2, 10, 41, 7, 250),
  deviceAt: Date.UTC(1970, 0, 1, 0, 0, 12),
  revision: '14',
  platform: 'web',
  source: 'lxc',
  level: 'ERROR',
  text: 'Cannot open /dev/ttyS0',
};

test('Joined, the pieces of a line are the line, and a hit is what was searched for', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ maxLength: 3 }), (text, wanted) => {
      const cut = pieces(text, wanted);
      expect(cut.map((piece) => piece.text).join('')).toBe(text);
      for (const piece of cut.filter(({ hit }) => hit)) expect(piece.text.toLowerCase()).toBe(wanted.toLowerCase());
    }),
  );
  expect(pieces('a TTY, a tty', 'tty').map(({ text, hit }) => [text, hit])).toEqual([
    ['a ', false],
    ['TTY', true],
    [', a ', false],
    ['tty', true],
  ]);
});

test('A search finds a line by its text or by who wrote it', () => {
  expect([isHit(entry, 'ttys'), isHit(entry, 'web/lxc'), isHit(entry, 'nothing'), isHit(entry, '')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([sourceOf(entry), sourceOf({ platform: 'web' }), sourceOf({})]).toEqual(['web/lxc', 'web', '']);
});

test('A saved log names its columns and keeps both times', () => {
  expect(fileText([entry])).toBe(
    'hub time\tdevice time\trevision\tlevel\tsource\ttext\n' +
      '2026-03-02T10:41:07.250Z\t1970-01-01T00:00:12.000Z\t14\tERROR\tweb/lxc\tCannot open /dev/ttyS0\n',
  );
  expect(fileName('green house/03', entry.at ?? 0)).toBe('green-house-03-2026-03-02T104107.log');
});

test('A typed time of the range is local time; nothing or half of one is no time', () => {
  const instant = rangeInstant('2026-03-02T10:41');
  expect(instant).toBe(new Date(2026, 2, 2, 10, 41).getTime());
  expect(rangeText(instant)).toBe('2026-03-02T10:41:00');
  expect([rangeInstant(''), rangeInstant('2026-03'), rangeText(undefined)]).toEqual([undefined, undefined, '']);
});
