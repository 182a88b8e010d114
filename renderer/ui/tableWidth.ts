/** What a column takes of a table's width, in pixels. */
export interface ColumnRoom {
  readonly width: number;
  /** Columns that are worth least go first where the table is too narrow for all: 1 before 2. Without it a column stays. */
  readonly yields?: number | undefined;
}

/** The room of the boxes that mark rows. */
export const markRoom: ColumnRoom = { width: 16 };

/** Between two columns and at both ends, in pixels. */
export const columnGap = 12;

/** The least width in pixels at which the columns stand side by side. */
export function leastWidth(columns: readonly ColumnRoom[]): number {
  return columns.reduce((sum, { width }) => sum + width + columnGap, columnGap);
}

/** The columns that find room in so many pixels, in their order. Those that never yield are kept: the table then scrolls sideways. */
export function columnsThatFit<Column extends ColumnRoom>(
  columns: readonly Column[],
  available: number | undefined,
): readonly Column[] {
  if (available === undefined) return columns;
  let kept = columns;
  while (leastWidth(kept) > available) {
    const next = Math.min(...kept.map(({ yields }) => yields ?? Number.POSITIVE_INFINITY));
    if (!Number.isFinite(next)) return kept;
    kept = kept.filter(({ yields }) => yields !== next);
  }
  return kept;
}
