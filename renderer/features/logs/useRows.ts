import { useMemo } from 'react';
import { lineCount } from './lineCount.ts';
import type { LogBuffer } from './logBuffer.ts';
import { evenRows, type Rows, WrappedRows } from './rowHeights.ts';

/** Where the rows of a buffer's view are: of one line each, or as high as their text is in so many columns. */
export function useRows(buffer: LogBuffer, columns: number | undefined): Rows {
  const wrapped = useMemo(
    () => (columns === undefined ? undefined : new WrappedRows((seq) => lineCount(buffer.get(seq), columns))),
    [buffer, columns],
  );
  return wrapped === undefined ? evenRows(buffer.view.length) : wrapped.follow(buffer.view);
}
