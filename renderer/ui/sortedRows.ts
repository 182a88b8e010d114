import { compareCells, type SortValue } from './tableSort.ts';

export interface RowSort<Row> {
  readonly by: (row: Row) => SortValue;
  readonly desc: boolean;
}

/** Rows in their order, with what they were ordered by, so that the next order begins from it. */
export interface SortedRows<Row> {
  readonly rows: readonly Row[];
  readonly sort: RowSort<Row> | undefined;
  readonly values: ReadonlyMap<string, SortValue>;
}

/** Beyond this share of moved rows, sorting all anew costs no more than putting them in one by one. */
const mostMoved = 0.25;

/**
 * Orders the rows; equal ones stay as they came. Thousands of rows change many times a minute and hardly any of them moves: a row whose
 * value is the one it had in `before` keeps its place, and only the others are sorted and merged in.
 */
export function sortedRows<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  sort: RowSort<Row> | undefined,
  before?: SortedRows<Row>,
): SortedRows<Row> {
  const values = new Map<string, SortValue>();
  if (sort === undefined) return { rows, sort, values };
  const places = new Map<string, number>();
  rows.forEach((row, index) => {
    const key = keyOf(row);
    values.set(key, sort.by(row));
    places.set(key, index);
  });
  const placeOf = (row: Row) => places.get(keyOf(row)) ?? 0;
  const compare = (a: Row, b: Row) => {
    const order = compareCells(values.get(keyOf(a)), values.get(keyOf(b)));
    if (order !== 0) return sort.desc ? -order : order;
    return placeOf(a) - placeOf(b);
  };

  const kept: Row[] = [];
  if (before !== undefined && before.sort?.by === sort.by && before.sort.desc === sort.desc) {
    for (const earlier of before.rows) {
      const key = keyOf(earlier);
      const row = rows[places.get(key) ?? -1];
      if (row === undefined || values.get(key) !== before.values.get(key)) continue;
      kept.push(row);
      places.delete(key);
    }
  }
  const moved = [...places.values()].flatMap((index) => rows[index] ?? []);
  rows.forEach((row, index) => {
    places.set(keyOf(row), index);
  });
  if (moved.length > rows.length * mostMoved) return { rows: rows.toSorted(compare), sort, values };
  return { rows: merged(kept, moved.sort(compare), compare), sort, values };
}

function merged<Row>(a: readonly Row[], b: readonly Row[], compare: (a: Row, b: Row) => number): readonly Row[] {
  if (b.length === 0) return a;
  const all: Row[] = [];
  let next = 0;
  for (const row of a) {
    for (let other = b[next]; other !== undefined && compare(other, row) < 0; other = b[next]) {
      all.push(other);
      next += 1;
    }
    all.push(row);
  }
  return [...all, ...b.slice(next)];
}
