import { expect, test } from 'vitest';
import { becamePlace, called, type Visits, wentTo } from './visitList.ts';

const start: Visits = { list: [{ place: '/', title: 'Fleet' }], index: 0 };

test('going somewhere drops what was ahead', () => {
  const there = wentTo(wentTo(start, '/activity'), '/settings');
  const back = { ...there, index: 1 };
  const elsewhere = wentTo(back, '/device/1');
  expect([there.index, elsewhere.index, elsewhere.list.map(({ place }) => place)]).toEqual([
    2,
    2,
    ['/', '/activity', '/device/1'],
  ]);
});

test('an address that changes is the same visit, and it is called something', () => {
  const named = called(becamePlace(start, '/?filter=x'), 'Fleet, filtered');
  expect(named).toEqual({ list: [{ place: '/?filter=x', title: 'Fleet, filtered' }], index: 0 });
  expect(called(named, 'Fleet, filtered')).toBe(named);
});

test('a long way keeps its newest hundred places', () => {
  let visits = start;
  for (let step = 0; step < 150; step += 1) visits = wentTo(visits, `/device/${step}`);
  expect([visits.list.length, visits.index, visits.list[99]?.place]).toEqual([100, 99, '/device/149']);
});
