import { compareCells, type SortValue } from './tableSort.ts';

export interface RowSort<Row> {
  readonly by: (row: Row) => SortValue;
  readonly desc: boolean;
}

interface Entry<Row> {
  readonly row: Row;
  readonly key: string;
  readonly value: SortValue;
  /** Where the row came among the others. */
  readonly place: number;
}

/** Rows in their order, with what they were ordered by, so that the next order begins from it. */
export interface SortedRows<Row> {
  readonly rows: readonly Row[];
  readonly sort: RowSort<Row> | undefined;
  readonly entries: readonly Entry<Row>[];
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
  if (sort === undefined) return { rows, sort, entries: [] };
  const all = rows.map((row, place): Entry<Row> => ({ row, key: keyOf(row), value: sort.by(row), place }));
  const compare = (a: Entry<Row>, b: Entry<Row>) => {
    const order = compareCells(a.value, b.value);
    if (order !== 0) return sort.desc ? -order : order;
    return a.place - b.place;
  };
  const follows = before?.sort?.by === sort.by && before.sort.desc === sort.desc;
  const entries = follows ? continued(before.entries, all, compare) : all.toSorted(compare);
  return { rows: entries.map(({ row }) => row), sort, entries };
}

type Compare<Row> = (a: Entry<Row>, b: Entry<Row>) => number;

function continued<Row>(before: readonly Entry<Row>[], all: readonly Entry<Row>[], compare: Compare<Row>): readonly Entry<Row>[] {
  const rest = new Map(all.map((entry) => [entry.key, entry]));
  const kept: Entry<Row>[] = [];
  for (const earlier of before) {
    const entry = rest.get(earlier.key);
    if (entry === undefined || entry.value !== earlier.value) continue;
    kept.push(entry);
    rest.delete(entry.key);
  }
  if (rest.size > all.length * mostMoved) return all.toSorted(compare);
  return merged(kept, [...rest.values()].sort(compare), compare);
}

function merged<Row>(a: readonly Entry<Row>[], b: readonly Entry<Row>[], compare: Compare<Row>): readonly Entry<Row>[] {
  const all: Entry<Row>[] = [];
  let next = 0;
  for (const entry of a) {
    for (let other = b[next]; other !== undefined && compare(other, entry) < 0; other = b[next]) {
      all.push(other);
      next += 1;
    }
    all.push(entry);
  }
  return [...all, ...b.slice(next)];
}
