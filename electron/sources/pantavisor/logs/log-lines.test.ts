import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryOf, fileFacts, LineCutter, levelWithin } from './log-lines.ts';

const recorded = (name: string) => readFileSync(join(import.meta.dirname, '..', 'fixtures', '14-logs', name));
const entriesOf = (name: string, path: string) => {
  const file = fileFacts('locals/base2', path);
  return new LineCutter(0).push(recorded(name)).map((line) => entryOf(line, file, 5));
};

test('Each recorded line of Pantavisor’s own log tells its seconds, its level and its module', () => {
  const entries = [...entriesOf('pantavisor.sample20.log', 'pantavisor/pantavisor.log')];
  expect(entries.length).toBe(20);
  expect(entries[0]).toEqual({
    id: '0',
    file: 'pantavisor/pantavisor.log',
    at: 5,
    revision: 'locals/base2',
    uptime: 4321,
    platform: 'pantavisor',
    source: 'state',
    level: 'DEBUG',
    text: "(pv_state_add_group:152) adding group 'root' with status goal 'STARTED' and restart policy 'system' to state",
  });
  const tail = entriesOf('pantavisor.log.tail20', 'pantavisor/pantavisor.log');
  expect(tail.every(({ uptime, level, source }) => uptime !== undefined && level !== '' && source !== '')).toBe(true);
  expect(tail.find(({ source }) => source === 'dropbear')).toMatchObject({
    level: 'INFO',
    text: 'Child connection from 127.0.0.1:48284',
  });
});

test('A recorded console line is what the container printed, without its carriage returns', () => {
  const [first, second] = entriesOf('web-console.sample20.log', 'web/lxc/console.log');
  expect(first).toMatchObject({ platform: 'web', source: 'lxc/console.log', level: '', text: 'app v2 starting' });
  expect(second).toMatchObject({ id: '18', file: 'web/lxc/console.log', text: 'v2 tick 0' });
});

test('A time that the device was told to write does not hide the rest', () => {
  const line = { at: 0, text: '[pantavisor] [2026-11-21 08:32:01] 12 WARN\t -- [storage]: low on space' };
  expect(entryOf(line, fileFacts('1', 'pantavisor/pantavisor.log'), undefined)).toMatchObject({
    uptime: 12,
    level: 'WARN',
    source: 'storage',
    text: 'low on space',
  });
});

test('A raw line’s level is what it begins with, and a word in its middle is none', () => {
  const levels: readonly (readonly [string, string])[] = [
    ['ERROR: cannot open', 'ERROR'],
    ['Error opening /dev/ttyS0', 'ERROR'],
    ['[warn] slow', 'WARN'],
    ['2026-11-21T08:32:01Z INFO  server: up', 'INFO'],
    ['time="x" level=warning msg="y"', 'WARN'],
    ['{"level":"debug","msg":"x"}', 'DEBUG'],
    ['<3>usb 1-1: broken', 'ERROR'],
    ['<6>usb 1-1: new', 'INFO'],
    ['the last error of the pump was long ago', ''],
    ['v1 tick 124', ''],
    ['informational', ''],
    ['', ''],
  ];
  expect(levels.map(([text]) => [text, levelWithin(text)])).toEqual(levels);
});

test('However a file comes in pieces, its lines are the same, each at its byte', () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'ß', '€', ' ', '😀'), maxLength: 12 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (lines, steps) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      const cutter = new LineCutter(100);
      const cut = [];
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const step = steps[turn % steps.length] ?? 1;
        cut.push(...cutter.push(bytes.subarray(at, at + step)));
        at += step;
      }
      expect(cut.map(({ text }) => text)).toEqual(lines);
      expect(cut.map(({ at }) => at)).toEqual(
        lines.map(
          (_, index) =>
            100 +
            Buffer.byteLength(
              lines
                .slice(0, index)
                .map((text) => `${text}\n`)
                .join(''),
            ),
        ),
      );
      expect(cutter.end).toBe(100 + bytes.length);
    }),
  );
});

test('A file without line ends does not grow in memory', () => {
  const cutter = new LineCutter(0);
  const lines = cutter.push(Buffer.alloc(200_000, 'x'));
  expect([lines.length, lines.at(0)?.text.length, cutter.end]).toEqual([3, 65_536, 196_608]);
  expect(cutter.flush().map(({ at, text }) => [at, text.length])).toEqual([[196_608, 3392]]);
});
