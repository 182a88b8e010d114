import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isShown,
  laidColumns,
  leastColumn,
  movedColumn,
  neighbour,
  orderedColumns,
  plainLayout,
  shownColumn,
  sizedColumn,
  TableLayout,
} from './tableLayout.ts';

const columns = [
  { id: 'name', width: 100, grow: 2, always: true },
  { id: 'state', width: 80 },
  { id: 'board', width: 90, yields: 1 },
  { id: 'arch', width: 60, optional: true },
];
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).join(' ');

test('Without a layout the columns stand as they are, and those that are optional are not there', () => {
  expect(ids(laidColumns(columns, plainLayout))).toBe('name state board');
});

test('Columns are put in, taken out, sized and moved; one that must stay stays', () => {
  const layout = [
    (one: TableLayout) => shownColumn(one, 'arch', true),
    (one: TableLayout) => shownColumn(one, 'state', false),
    (one: TableLayout) => shownColumn(one, 'name', false),
    (one: TableLayout) => sizedColumn(one, 'name', 260.4),
    (one: TableLayout) => sizedColumn(one, 'board', 3),
    (one: TableLayout) => movedColumn(columns, one, 'arch', 'name'),
  ].reduce((before, change) => change(before), plainLayout);
  expect(laidColumns(columns, layout).map(({ id, width, grow, yields }) => [id, width, grow, yields])).toEqual([
    ['arch', 60, undefined, undefined],
    ['name', 260, undefined, undefined],
    ['board', leastColumn, undefined, undefined],
  ]);
  expect([neighbour(columns, layout, 'name', 1), neighbour(columns, layout, 'board', 1)]).toEqual(['board', undefined]);
});

test('A column of a later version takes its place beside the one that it follows', () => {
  expect(ids(orderedColumns(columns, { ...plainLayout, order: ['board', 'gone', 'name', 'name'] }))).toBe(
    'board arch name state',
  );
});

test('Whatever was moved, each column is there once', () => {
  const id = fc.constantFrom('name', 'state', 'board', 'arch');
  fc.assert(
    fc.property(fc.array(fc.tuple(id, id)), (moves) => {
      const layout = moves.reduce((before, [one, to]) => movedColumn(columns, before, one, to), plainLayout);
      expect(ids(orderedColumns(columns, layout).toSorted((a, b) => a.id.localeCompare(b.id)))).toBe('arch board name state');
      const [last] = moves.slice(-1);
      if (last !== undefined && last[0] === 'name') expect(isShown({ id: 'name', width: 1, always: true }, layout)).toBe(true);
      expect(TableLayout.safeParse(JSON.parse(JSON.stringify(layout))).success).toBe(true);
    }),
  );
});
