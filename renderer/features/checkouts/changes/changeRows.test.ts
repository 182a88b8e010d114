import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StatusLine } from '../../../../shared/contract/checkout.ts';
import { changedFiles, changeRows, filesOfRow, keptMarks, keptSelection, possibleActs, withMarksTurned } from './changeRows.ts';

const line = (letter: StatusLine['letter'], path: string, kind: StatusLine['kind'] = 'object'): StatusLine => ({
  letter,
  path,
  kind,
});
const status = [
  line('A', 'web/new'),
  line('D', 'old'),
  line('C', 'web/run.json', 'json'),
  line('?', 'notes.txt'),
  line('?', 'x.json'),
];
const files = changedFiles(status, [{ path: 'web/src.json', text: 'no JSON' }]);
const ids = (closed: readonly string[] = [], filter = '') => changeRows(files, new Set(closed), filter).map(({ id }) => id);

test('files stand in groups in the order of pvr, what can’t be read first', () => {
  expect(ids()).toEqual(['/!', 'web/src.json', '/A', 'web/new', '/D', 'old', '/C', 'web/run.json', '/?', 'notes.txt', 'x.json']);
  expect(ids(['/?', '/C'])).toEqual(['/!', 'web/src.json', '/A', 'web/new', '/D', 'old', '/C', '/?']);
  expect(ids(['/?'], 'notes')).toEqual(['/?', 'notes.txt']);
});

test('a file that can’t be read is listed once', () => {
  expect(
    changedFiles(status, [{ path: 'web/run.json', text: 'no JSON' }]).filter(({ path }) => path === 'web/run.json'),
  ).toHaveLength(1);
});

test('the selection stays on its file, and goes to the next one when that is gone', () => {
  const before = ['a', 'b', 'c'];
  expect([
    keptSelection(before, ['0', 'a', 'b', 'c'], 'b'),
    keptSelection(before, ['a', 'c'], 'b'),
    keptSelection(before, ['a', 'b'], 'c'),
    keptSelection(before, [], 'c'),
    keptSelection(before, ['a'], undefined),
    keptSelection(before, ['a'], '/A'),
  ]).toEqual(['b', 'c', 'b', undefined, undefined, '/A']);
});

test('a selection that is kept is there', () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
  fc.assert(
    fc.property(names, names, fc.constantFrom('a', 'b', 'c', 'd', 'e'), (before, after, selected) => {
      const kept = keptSelection(before, after, selected);
      expect(kept === undefined ? after.length === 0 : after.some((path) => path === kept)).toBe(true);
    }),
  );
});

test('a group stands for those of its files that the filter shows', () => {
  const paths = (id: string | undefined, filter = '') => filesOfRow(files, id, filter).map(({ path }) => path);
  expect([paths('/?'), paths('/?', 'Notes'), paths('old', 'notes'), paths(undefined)]).toEqual([
    ['notes.txt', 'x.json'],
    ['notes.txt'],
    ['old'],
    [],
  ]);
});

test('marking goes on until all are marked, and then takes all away', () => {
  expect([...withMarksTurned(new Set(['a']), ['a', 'b'])]).toEqual(['a', 'b']);
  expect([...withMarksTurned(new Set(['a', 'b', 'c']), ['a', 'b'])]).toEqual(['c']);
});

test('marks of files that are gone are taken away', () => {
  const marks = new Set(['old', 'gone']);
  expect([...keptMarks(marks, files)]).toEqual(['old']);
  const same = new Set(['old']);
  expect(keptMarks(same, files)).toBe(same);
});

test('each file says what can be done with it', () => {
  expect(possibleActs(files)).toEqual({
    add: ['notes.txt', 'x.json'],
    raw: ['web/run.json', 'notes.txt', 'x.json'],
    reset: ['web/src.json', 'web/new', 'old', 'web/run.json'],
    remove: ['web/src.json', 'web/new', 'web/run.json', 'notes.txt', 'x.json'],
  });
});
