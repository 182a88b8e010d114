import { useRef } from 'react';
import { type MarkAnchor, markedAfterToggle, markedRange } from './tableMarks.ts';

/** Rows that are chosen beside the selected one, for something that is done to all of them. */
export interface TableMarks<Row> {
  /** Keys of rows; those that are not shown do no harm. */
  readonly keys: ReadonlySet<string>;
  readonly onChange: (keys: ReadonlySet<string>) => void;
  /** What the box of a row is called. */
  readonly label: (row: Row) => string;
}

interface Marking {
  readonly toggle: (key: string, selected?: string) => void;
  /** Marks all from the anchor to the row; from `start` where there is no anchor. */
  readonly extend: (key: string, start: string | undefined) => void;
  /** Marks all that are shown, or none where all are. */
  readonly turnAll: () => void;
  readonly all: () => void;
  readonly clear: () => void;
  /** The next range begins at another row. */
  readonly leave: () => void;
}

/** The ways of marking rows; undefined where rows have no marks. `keys`: all that are shown, in their order. */
export function useTableMarks(
  marks: Omit<TableMarks<never>, 'label'> | undefined,
  keys: () => readonly string[],
): Marking | undefined {
  const anchor = useRef<MarkAnchor>(undefined);
  if (marks === undefined) return undefined;
  const { keys: marked, onChange } = marks;
  const clear = () => {
    anchor.current = undefined;
    onChange(new Set());
  };
  const all = () => onChange(new Set(keys()));
  return {
    toggle: (key, selected) => {
      const next = markedAfterToggle(marked, key, selected);
      anchor.current = { key, base: next };
      onChange(next);
    },
    extend: (key, start) => {
      anchor.current ??= { key: start ?? key, base: marked };
      onChange(markedRange(keys(), anchor.current, key));
    },
    turnAll: () => (keys().every((key) => marked.has(key)) ? clear() : all()),
    all,
    clear,
    leave: () => {
      anchor.current = undefined;
    },
  };
}
