import { expect, it } from 'vitest';
import { placeAfterKey } from './gridKeys.ts';

const size = { rows: 10, columns: 4 };
const after = (key: string, row: number, column: number, toEnd = false) => placeAfterKey(key, { row, column }, size, 5, toEnd);

it('moves by cells, by pages and to the ends, and never out of the grid', () => {
  expect(after('ArrowDown', 0, 0)).toEqual({ row: 1, column: 0 });
  expect(after('ArrowDown', 9, 0)).toEqual({ row: 9, column: 0 });
  expect(after('ArrowLeft', 3, 0)).toEqual({ row: 3, column: 0 });
  expect(after('ArrowRight', 3, 1, true)).toEqual({ row: 3, column: 3 });
  expect(after('PageDown', 7, 2)).toEqual({ row: 9, column: 2 });
  expect(after('Home', 7, 2)).toEqual({ row: 7, column: 0 });
  expect(after('End', 7, 2, true)).toEqual({ row: 9, column: 3 });
  expect(after('a', 7, 2)).toBeUndefined();
});
