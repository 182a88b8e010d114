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
  /** The order of more rows that this one was taken from: a filter that is taken away again finds them in it. */
  readonly wider?: SortedRows<Row>;
}

/** From so much fewer rows on, the wider order is worth keeping. */
const muchFewer = 0.9;

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
  const begin = before?.wider ?? before;
  const follows = begin?.sort?.by === sort.by && begin.sort.desc === sort.desc;
  const kept = follows ? continued(begin.entries, all, compare) : undefined;
  const entries = kept ?? all.toSorted(compare);
  const isNarrower = begin !== undefined && entries.length < begin.entries.length * muchFewer;
  return { rows: entries.map(({ row }) => row), sort, entries, ...(kept && isNarrower && { wider: begin }) };
}

type Compare<Row> = (a: Entry<Row>, b: Entry<Row>) => number;

/** Undefined where so many moved that sorting anew is quicker. */
function continued<Row>(
  before: readonly Entry<Row>[],
  all: readonly Entry<Row>[],
  compare: Compare<Row>,
): readonly Entry<Row>[] | undefined {
  const rest = new Map(all.map((entry) => [entry.key, entry]));
  const kept: Entry<Row>[] = [];
  for (const earlier of before) {
    const entry = rest.get(earlier.key);
    if (entry === undefined || entry.value !== earlier.value) continue;
    kept.push(entry);
    rest.delete(entry.key);
  }
  if (rest.size > all.length * mostMoved) return undefined;
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
