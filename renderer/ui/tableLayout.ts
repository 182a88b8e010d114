import { z } from 'zod';
import type { ColumnRoom } from './tableWidth.ts';

/** What a person made of a table's columns. What is not named stays as the columns have it. */
export const TableLayout = z.object({
  /** Column ids in the person's order. */
  order: z.array(z.string()).readonly(),
  /** Columns that were put in or taken out. */
  shown: z.record(z.string(), z.boolean()).readonly(),
  /** Widths in pixels. */
  widths: z.record(z.string(), z.number()).readonly(),
});
export type TableLayout = z.infer<typeof TableLayout>;

export const plainLayout: TableLayout = { order: [], shown: {}, widths: {} };

/** What the layout needs of a column. */
export interface LaidColumn extends ColumnRoom {
  readonly id: string;
  /** The share of the room that is left over beyond `width` (none: it stays as wide as it is). */
  readonly grow?: number | undefined;
  /** Not there until a person puts it in. */
  readonly optional?: boolean;
  /** Can't be taken out. */
  readonly always?: boolean;
}

/** Pixels. */
export const leastColumn = 40;
export const mostColumn = 1200;

/** All columns in the person's order; one that the order does not name follows the one that it follows by itself. */
export function orderedColumns<Column extends LaidColumn>(columns: readonly Column[], { order }: TableLayout): readonly Column[] {
  const byId = new Map(columns.map((column) => [column.id, column]));
  const ordered = [...new Set(order)].flatMap((id) => byId.get(id) ?? []);
  columns.forEach((column, index) => {
    if (order.includes(column.id)) return;
    const before = columns[index - 1];
    ordered.splice(before === undefined ? 0 : ordered.indexOf(before) + 1, 0, column);
  });
  return ordered;
}

export function isShown({ id, optional, always }: LaidColumn, { shown }: TableLayout): boolean {
  return always === true || (shown[id] ?? optional !== true);
}

/** The columns that are shown, in their order. One that was put in or sized by hand keeps its place and its width whatever room there is. */
export function laidColumns<Column extends LaidColumn>(columns: readonly Column[], layout: TableLayout): readonly Column[] {
  return orderedColumns(columns, layout)
    .filter((column) => isShown(column, layout))
    .map((column) => {
      const width = layout.widths[column.id];
      if (width === undefined && layout.shown[column.id] !== true) return column;
      return width === undefined ? { ...column, yields: undefined } : { ...column, width, grow: undefined, yields: undefined };
    });
}

/** Puts a column in the place of another one; what stood there moves on towards where the column came from. */
export function movedColumn(columns: readonly LaidColumn[], layout: TableLayout, id: string, to: string): TableLayout {
  const ids = orderedColumns(columns, layout).map((column) => column.id);
  const [from, place] = [ids.indexOf(id), ids.indexOf(to)];
  if (from === -1 || place === -1 || from === place) return layout;
  return { ...layout, order: ids.toSpliced(from, 1).toSpliced(place, 0, id) };
}

/** The shown column next to a column, where one is. */
export function neighbour(columns: readonly LaidColumn[], layout: TableLayout, id: string, step: -1 | 1): string | undefined {
  const ids = orderedColumns(columns, layout)
    .filter((column) => isShown(column, layout))
    .map((column) => column.id);
  const at = ids.indexOf(id);
  return at === -1 ? undefined : ids[at + step];
}

export function shownColumn(layout: TableLayout, id: string, shown: boolean): TableLayout {
  return { ...layout, shown: { ...layout.shown, [id]: shown } };
}

/** Sets a column's width in pixels, within what can be seen and caught again. */
export function sizedColumn(layout: TableLayout, id: string, width: number): TableLayout {
  return { ...layout, widths: { ...layout.widths, [id]: Math.round(Math.max(leastColumn, Math.min(mostColumn, width))) } };
}

export function isPlain({ order, shown, widths }: TableLayout): boolean {
  return order.length === 0 && Object.keys(shown).length === 0 && Object.keys(widths).length === 0;
}
