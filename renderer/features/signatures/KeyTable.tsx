import { useMemo } from 'react';
import { strings } from '../../strings/signatures.ts';
import { type TableColumn, VirtualTable } from '../../ui/VirtualTable.tsx';
import classes from './signatures.module.css';

interface KeyRow {
  readonly key: string;
  /** What is special about it. */
  readonly note: string;
}

interface KeyTableProps {
  readonly label: string;
  readonly keys: readonly string[];
  readonly noteOf?: ((key: string) => string) | undefined;
  /** Shows an entry where it is edited: Enter, or a double click. */
  readonly onEntry?: ((key: string) => void) | undefined;
}

const rowHeight = 28;
const mostRows = 14;

const keyColumn: TableColumn<KeyRow> = {
  id: 'key',
  header: strings.key,
  width: 120,
  grow: 1,
  sortBy: ({ key }) => key,
  cell: ({ key }) => <code title={key}>{key}</code>,
};
const noteColumn: TableColumn<KeyRow> = { id: 'note', header: '', width: 112, cell: ({ note }) => note };

/** Entries of a signature, any number of them. */
export function KeyTable({ label, keys, noteOf, onEntry }: KeyTableProps) {
  const rows = useMemo(() => keys.map((key) => ({ key, note: noteOf?.(key) ?? '' })), [keys, noteOf]);
  const columns = useMemo(() => (rows.some(({ note }) => note !== '') ? [keyColumn, noteColumn] : [keyColumn]), [rows]);
  return (
    <div className={classes.keys} style={{ height: rowHeight * (Math.min(rows.length, mostRows) + 1) + 2 }}>
      <VirtualTable label={label} rows={rows} columns={columns} rowKey={({ key }) => key} {...(onEntry && { onOpen: onEntry })} />
    </div>
  );
}
