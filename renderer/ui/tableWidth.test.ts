import { expect, test } from 'vitest';
import { columnsThatFit, leastWidth } from './tableWidth.ts';

const columns = [
  { id: 'name', width: 100 },
  { id: 'board', width: 100, yields: 1 },
  { id: 'heard', width: 50, yields: 2 },
];

test('Columns leave in the order of their worth, and those that never yield stay', () => {
  const shown = (available: number | undefined) => columnsThatFit(columns, available).map(({ id }) => id);
  expect({
    all: shown(leastWidth(columns)),
    less: shown(297),
    least: shown(150),
    none: shown(10),
    unknown: shown(undefined),
  }).toEqual({
    all: ['name', 'board', 'heard'],
    less: ['name', 'heard'],
    least: ['name'],
    none: ['name'],
    unknown: ['name', 'board', 'heard'],
  });
});
