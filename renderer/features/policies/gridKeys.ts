import type { Place } from './policySelection.ts';

/** Where a key leads in a grid of so many rows and columns; undefined for a key that leads nowhere. `page` in rows. */
export function placeAfterKey(
  key: string,
  now: Place,
  size: { readonly rows: number; readonly columns: number },
  page: number,
  toEnd: boolean,
): Place | undefined {
  const { row, column } = now;
  switch (key) {
    case 'ArrowDown':
      return within({ row: toEnd ? size.rows - 1 : row + 1, column }, size);
    case 'ArrowUp':
      return within({ row: toEnd ? 0 : row - 1, column }, size);
    case 'ArrowRight':
      return within({ row, column: toEnd ? size.columns - 1 : column + 1 }, size);
    case 'ArrowLeft':
      return within({ row, column: toEnd ? 0 : column - 1 }, size);
    case 'PageDown':
      return within({ row: row + page, column }, size);
    case 'PageUp':
      return within({ row: row - page, column }, size);
    case 'Home':
      return within({ row: toEnd ? 0 : row, column: 0 }, size);
    case 'End':
      return within({ row: toEnd ? size.rows - 1 : row, column: size.columns - 1 }, size);
    default:
      return undefined;
  }
}

function within({ row, column }: Place, size: { readonly rows: number; readonly columns: number }): Place {
  return { row: Math.max(0, Math.min(row, size.rows - 1)), column: Math.max(0, Math.min(column, size.columns - 1)) };
}
