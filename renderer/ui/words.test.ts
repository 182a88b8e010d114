import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ago, duration, shortSpan } from './age.ts';
import { subject } from './commitMessage.ts';
import { committerName } from './committer.ts';
import { dataSize } from './dataSize.ts';
import { rowAfterKey } from './tableKeys.ts';
import { compareCells } from './tableSort.ts';

test('Ages are said in one short unit', () => {
  expect([-5, 0, 999, 1000, 59_999, 60_000, 3_599_999, 3_600_000, 86_400_000].map(shortSpan)).toEqual([
    'now',
    'now',
    'now',
    '1 s',
    '59 s',
    '1 min',
    '59 min',
    '1 h',
    '1 d',
  ]);
  expect([ago(1000, 1500), ago(1000, 13_000)]).toEqual(['just now', '12 s ago']);
});

test('Durations keep a decimal while they are short', () => {
  expect([0, 430, 9949, 12_400, 59_600, 60_000, 80_000, 226_000].map(duration)).toEqual([
    '0.0 s',
    '0.4 s',
    '9.9 s',
    '12 s',
    '1 min',
    '1 min',
    '1 min 20 s',
    '3 min 46 s',
  ]);
});

test('Sizes have three digits at most and a unit', () => {
  expect([0, 812, 999, 1000, 4096, 99_949, 123_456, 999_499, 999_500, 1_000_000_000].map(dataSize)).toEqual([
    '0 B',
    '812 B',
    '999 B',
    '1.0 kB',
    '4.1 kB',
    '99.9 kB',
    '123 kB',
    '999 kB',
    '1.0 MB',
    '1.0 GB',
  ]);
});

test('Lists name a committer without the mail address', () => {
  expect(['Ann Lee <ann@example.com>', 'ci', '<bot@example.com>', ''].map(committerName)).toEqual([
    'Ann Lee',
    'ci',
    '<bot@example.com>',
    '',
  ]);
});

test('Lists show the first line of a message', () => {
  expect([subject(''), subject('one'), subject('\n one \n\ntwo')]).toEqual(['', 'one', 'one']);
});

test('A key never leads out of the list', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'x'),
      fc.option(fc.nat(50), { nil: undefined }),
      fc.nat(50),
      (key, current, count) => {
        const next = rowAfterKey(key, current, count, 10);
        expect(next === undefined || (next >= 0 && next < count)).toBe(true);
      },
    ),
  );
});

test('Revisions sort as people count, unknown values come last', () => {
  expect(['10', undefined, 'locals/b', '9', 'locals/a'].sort(compareCells)).toEqual([
    '9',
    '10',
    'locals/a',
    'locals/b',
    undefined,
  ]);
  expect([[3, undefined, 1].toSorted(compareCells)]).toEqual([[1, 3, undefined]]);
});
