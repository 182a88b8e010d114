import type { CSSProperties, ReactNode } from 'react';
import type { LaidColumn } from './tableLayout.ts';
import type { SortValue } from './tableSort.ts';
import { leastWidth, markRoom } from './tableWidth.ts';

export interface TableColumn<Row> extends LaidColumn {
  readonly header: string;
  readonly align?: 'right';
  /** What the column is sorted by; without it the column can't be. */
  readonly sortBy?: (row: Row) => SortValue;
  readonly cell: (row: Row) => ReactNode;
}

export interface Sorting {
  readonly id: string;
  readonly desc: boolean;
}

/** A click on a header sorts by it, then the other way round, then not at all. */
export function nextSorting(now: Sorting | undefined, id: string): Sorting | undefined {
  if (now?.id !== id) return { id, desc: false };
  return now.desc ? undefined : { id, desc: true };
}

/** The tracks of the head and of every row; with marks there is one more before the columns. */
export function tracksOf(columns: readonly LaidColumn[], marks: boolean): CSSProperties {
  const tracks = columns.map(({ width, grow }) => (grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`));
  return {
    gridTemplateColumns: [...(marks ? [`${markRoom.width}px`] : []), ...tracks].join(' '),
    minWidth: leastWidth(marks ? [markRoom, ...columns] : columns),
  };
}
