import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonDiff } from '../../../../shared/compare/json-diff.ts';
import { openDiffering, stopFrom, treeRows, treeStops } from './treeRows.ts';

const before = '{"name":"web","args":{"a":1,"b":[1,2]},"volumes":{"x":{"p":1}},"same":{"deep":[1]}}';
const after = '{"name":"web","args":{"a":2,"b":[1,2,3]},"same":{"deep":[1]},"new":{"k":{"v":1}}}';
const diff = jsonDiff(before, after);
const told = (rows: ReturnType<typeof treeRows>) =>
  rows.map(
    ({ diff: { label, kind }, level, open }) => `${level} ${label} ${kind}${open === undefined ? '' : open ? ' -' : ' +'}`,
  );

test('what differs is open, what came or went is closed, the rest is hidden', () => {
  expect(told(treeRows(diff, openDiffering, false))).toEqual([
    '1 args within -',
    '2 a changed',
    '2 b within -',
    '3 2 added',
    '1 new added +',
    '1 volumes removed +',
  ]);
  expect(told(treeRows(diff, { all: 'none', byHand: new Map([['+/new', true]]) }, true))).toEqual([
    '1 name same',
    '1 args within +',
    '1 same same +',
    '1 new added -',
    '2 k added +',
    '1 volumes removed +',
  ]);
});

test('a value that differs as a whole is a row of its own', () => {
  expect(told(treeRows(jsonDiff('1', '2'), openDiffering, false))).toEqual(['1  changed']);
  expect(treeRows(jsonDiff('{"a":1}', '{ "a": 1 }'), openDiffering, false)).toEqual([]);
});

test('each difference is a stop, met once in both directions', () => {
  const rows = treeRows(diff, openDiffering, false);
  const stops = treeStops(diff);
  const walk = (by: 1 | -1) => {
    const met: string[] = [];
    for (let stop = stopFrom(stops, rows, undefined, by); stop !== undefined; stop = stopFrom(stops, rows, stop.id, by))
      met.push(stop.id);
    return met;
  };
  expect(walk(1)).toEqual(['+/args/a', '+/args/b/2', '+/new', '-/volumes']);
  expect(walk(-1)).toEqual(walk(1).toReversed());
  expect([stopFrom(stops, rows, '+/args/b', 1)?.id, stopFrom(stops, rows, '+/args/b', -1)?.id]).toEqual([
    '+/args/b/2',
    '+/args/a',
  ]);
});

test('a document that came or went whole is no stop', () => {
  expect(treeStops(jsonDiff(undefined, after))).toEqual([]);
  expect(treeStops(jsonDiff('1', '2'))).toHaveLength(1);
});

test('every row has an id of its own, and the tree that is all open has all values', () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(value, value, (a, b) => {
      const rows = treeRows(jsonDiff(JSON.stringify(a), JSON.stringify(b)), { all: 'every', byHand: new Map() }, true);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    }),
  );
});
