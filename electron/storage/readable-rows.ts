import { z } from 'zod';
import type { Row } from './database.ts';

/** One row that can't be read (a later version wrote it, or it was damaged) must not hide the others; it stays where it is. */
export function readableRows<Value>(rows: readonly Row[], read: (row: Row) => Value): readonly Value[] {
  return rows.flatMap((row) => {
    try {
      return [read(row)];
    } catch (error) {
      if (error instanceof z.ZodError || error instanceof SyntaxError) return [];
      throw error;
    }
  });
}
