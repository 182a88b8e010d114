import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEntry } from '../../../shared/contract/logs.ts';
import { columnsOf, lineCount } from './lineCount.ts';
import { localPasses } from './localFilter.ts';
import { rangeInstant, rangeText } from './logRange.ts';
import { isHit, pieces, readSearch, shortSourceOf, shownText, sourceOf } from './logSearch.ts';
import { fileHead, fileName, lineText } from './logText.ts';

const at = Date.UTC(2026, 2, 2, 10, 41, 7, 250);
const entry: LogEntry = {
  id: 'a',
  at,
  deviceAt: Date.UTC(1970, 0, 1, 0, 0, 12),
  revision: '14',
  platform: 'web',
  source: 'lxc',
  level: 'ERROR',
  text: 'Cannot open /dev/ttyS0',
};
const search = (typed: string) => readSearch(typed, false);

test('Joined, the pieces of a line are the line, and a hit is what was searched for', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ maxLength: 3 }), (text, wanted) => {
      const cut = pieces(text, search(wanted));
      expect(cut.map((piece) => piece.text).join('')).toBe(text);
      for (const piece of cut.filter(({ hit }) => hit)) expect(piece.text.toLowerCase()).toBe(wanted.toLowerCase());
    }),
  );
  expect(pieces('a TTY, a tty', search('tty')).map(({ text, hit }) => [text, hit])).toEqual([
    ['a ', false],
    ['TTY', true],
    [', a ', false],
    ['tty', true],
  ]);
});

test('An expression is one only when it is asked for, and a wrong one is said to be wrong', () => {
  expect(pieces('ab a.b', readSearch('a.?b', true)).filter(({ hit }) => hit).length).toBe(2);
  expect(
    pieces('ab a.b', search('a.b'))
      .filter(({ hit }) => hit)
      .map(({ text }) => text),
  ).toEqual(['a.b']);
  expect(readSearch('(', true)).toMatchObject({ pattern: undefined, error: expect.stringContaining('(') });
  expect(pieces('aaa', readSearch('x*', true)).map(({ text }) => text)).toEqual(['aaa']);
  const open = search('open');
  expect([isHit(entry, open), pieces('open it', open)[0]?.hit]).toEqual([true, true]);
});

test('A search finds a line by its text or by who wrote it', () => {
  expect([
    isHit(entry, search('ttys')),
    isHit(entry, search('web/lxc')),
    isHit(entry, search('nothing')),
    isHit(entry, search('')),
  ]).toEqual([true, true, false, false]);
  expect([sourceOf(entry), sourceOf({ platform: 'web' }), sourceOf({ platform: 'web', source: '/lxc' }), sourceOf({})]).toEqual([
    'web/lxc',
    'web',
    'web/lxc',
    '',
  ]);
});

test('A source is short where it is told from others', () => {
  const short = (platform: string, source: string) => shortSourceOf({ platform, source });
  expect([
    short('web', 'lxc/console.log'),
    short('web', '/var/log/syslog'),
    short('pantavisor', 'ctrl'),
    short('pantavisor', 'pantavisor.log'),
  ]).toEqual(['web/console', 'web/syslog', 'pantavisor/ctrl', 'pantavisor']);
});

test('A saved line has both times; what happened to the log is told between dashes', () => {
  expect(`${fileHead}${lineText(entry)}`).toBe(
    'heard\tdevice time\trevision\tlevel\tsource\ttext\n' +
      '2026-03-02T10:41:07.250Z\t1970-01-01T00:00:12.000Z\t14\tERROR\tweb/lxc\tCannot open /dev/ttyS0',
  );
  expect(lineText({ id: '', level: '', text: 'x', uptime: 12 })).toBe('-\t12s\t-\t-\t-\tx');
  expect(lineText({ id: '', level: '', text: '', mark: { kind: 'skipped', lines: 12_300 } })).toBe(
    '— 12,300 lines skipped: the window was too slow —',
  );
  expect(fileName('green house/03', at)).toBe('green-house-03-2026-03-02T104107.log');
  expect(fileName('board', at, 'locals/x-web/lxc/console.log')).toBe('board-locals-x-web-lxc-console-2026-03-02T104107.log');
});

test('Colours of terminals, tabs and line ends are not shown', () => {
  expect(shownText('\u001b[31mred\u001b[0m\tx\r\ny')).toBe('red    x ↵ y');
});

test('How many lines a wrapped text takes', () => {
  const lines = (text: string) => lineCount({ ...entry, text }, 10);
  expect([lines(''), lines('0123456789'), lines('0123456789a'), lines('漢字漢字漢字'), columnsOf('aß漢😀')]).toEqual([
    1, 1, 2, 2, 6,
  ]);
});

test('Marks stay whatever the level; files are chosen with what happened to them', () => {
  const passes = localPasses({ levels: ['ERROR'], files: ['web/a'] });
  const line = (file: string, level: string): LogEntry => ({ id: '', level, text: '', file });
  expect([
    passes(line('web/a', 'ERROR')),
    passes(line('web/a', '')),
    passes(line('os/a', 'ERROR')),
    passes({ ...line('web/a', ''), mark: { kind: 'rotated' } }),
    passes({ ...line('os/a', ''), mark: { kind: 'rotated' } }),
    passes({ id: '', level: '', text: '', mark: { kind: 'away', ms: 1 } }),
  ]).toEqual([true, false, false, true, false, true]);
});

test('A typed time of the range is local time; nothing or half of one is no time', () => {
  const instant = rangeInstant('2026-03-02T10:41');
  expect(instant).toBe(new Date(2026, 2, 2, 10, 41).getTime());
  expect(rangeText(instant)).toBe('2026-03-02T10:41:00');
  expect([rangeInstant(''), rangeInstant('2026-03'), rangeText(undefined)]).toEqual([undefined, undefined, '']);
});
