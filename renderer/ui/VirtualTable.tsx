// biome-ignore-all lint/a11y/useSemanticElements: the rows of a virtual table are placed one by one, which table elements don't do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { type SortedRows, sortedRows } from './sortedRows.ts';
import { rowAfterKey } from './tableKeys.ts';
import type { SortValue } from './tableSort.ts';
import { type ColumnRoom, columnsThatFit, leastWidth } from './tableWidth.ts';
import { useWidth } from './useWidth.ts';
import classes from './VirtualTable.module.css';

export interface TableColumn<Row> extends ColumnRoom {
  readonly id: string;
  readonly header: string;
  /** The share of the room that is left over beyond `width` (none: it stays as wide as it is). */
  readonly grow?: number;
  readonly align?: 'right';
  /** What the column is sorted by; without it the column can't be. */
  readonly sortBy?: (row: Row) => SortValue;
  readonly cell: (row: Row) => ReactNode;
}

interface VirtualTableProps<Row> {
  /** What the table holds, for screen readers. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly TableColumn<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly selected?: string | undefined;
  readonly onSelect?: (key: string | undefined) => void;
  /** Enter, or a double click. */
  readonly onOpen?: (key: string) => void;
  readonly initialSort?: { readonly id: string; readonly desc: boolean };
}

const rowHeight = 28;
/** A sortable table of any length: only the rows in sight exist, and the columns that find room. The arrow keys move the selection, Enter opens. */
export function VirtualTable<Row extends object>(props: VirtualTableProps<Row>) {
  const { label, rows, columns, rowKey, selected, onSelect, onOpen, initialSort } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();

  const [sorting, setSorting] = useState<Sorting | undefined>(initialSort);
  const before = useRef<SortedRows<Row>>(undefined);
  const sort = useMemo(() => {
    const by = columns.find((column) => column.id === sorting?.id)?.sortBy;
    return by === undefined ? undefined : { by, desc: sorting?.desc === true };
  }, [columns, sorting]);
  const shown = useMemo(() => {
    // What was shown last is only where sorting begins from: whatever it holds, the order is the same.
    before.current = sortedRows(rows, rowKey, sort, before.current);
    return before.current.rows;
  }, [rows, rowKey, sort]);
  const width = useWidth(scroller);
  const fitting = useMemo(() => columnsThatFit(columns, width), [columns, width]);
  const places = useMemo(() => new Map(columns.map((column, index) => [column.id, index + 1])), [columns]);

  const keyAt = (index: number) => {
    const row = shown[index];
    return row === undefined ? undefined : rowKey(row);
  };
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyAt(index) ?? index,
    scrollPaddingStart: rowHeight,
    overscan: 12,
  });
  const selectedIndex = selected === undefined ? -1 : shown.findIndex((row) => rowKey(row) === selected);

  useEffect(() => {
    if (selectedIndex >= 0) virtual.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtual]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter' && selected !== undefined) {
      event.preventDefault();
      onOpen?.(selected);
      return;
    }
    if (event.key === 'Escape' && selected !== undefined) {
      onSelect?.(undefined);
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const index = rowAfterKey(event.key, selectedIndex < 0 ? undefined : selectedIndex, shown.length, page);
    const key = index === undefined ? undefined : keyAt(index);
    if (key === undefined) return;
    event.preventDefault();
    onSelect?.(key);
  };

  const tracks = useMemo(() => tracksOf(fitting), [fitting]);
  const latest = useRef({ onSelect, onOpen });
  latest.current = { onSelect, onOpen };
  const act = useMemo(
    (): RowActs => ({
      select: (key) => latest.current.onSelect?.(key),
      open: (key) => latest.current.onOpen?.(key),
    }),
    [],
  );
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={shown.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={selectedIndex < 0 ? undefined : `${id}-${selectedIndex}`}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={classes.head} style={tracks}>
          {fitting.map((column) => {
            const sorted = sorting?.id === column.id ? (sorting.desc ? 'desc' : 'asc') : false;
            const text = column.header;
            return (
              <div
                key={column.id}
                role="columnheader"
                aria-colindex={places.get(column.id)}
                className={`${classes.cell} ${column.align === 'right' ? classes.right : ''}`}
                aria-sort={sorted === false ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'}
              >
                {column.sortBy !== undefined ? (
                  <button type="button" className={classes.sort} onClick={() => setSorting(nextSorting(sorting, column.id))}>
                    {text}
                    {sorted === 'asc' && <IconArrowUp size={12} aria-hidden />}
                    {sorted === 'desc' && <IconArrowDown size={12} aria-hidden />}
                  </button>
                ) : (
                  text
                )}
              </div>
            );
          })}
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = shown[item.index];
          if (row === undefined) return null;
          const key = rowKey(row);
          return (
            <TableRow
              key={item.key}
              id={`${id}-${item.index}`}
              row={row}
              rowId={key}
              index={item.index}
              start={item.start}
              selected={key === selected}
              columns={fitting}
              places={places}
              tracks={tracks}
              act={act}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowActs {
  readonly select: (key: string) => void;
  readonly open: (key: string) => void;
}

interface TableRowProps<Row> {
  readonly id: string;
  readonly row: Row;
  readonly rowId: string;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly start: number;
  readonly selected: boolean;
  readonly columns: readonly TableColumn<Row>[];
  readonly places: ReadonlyMap<string, number>;
  readonly tracks: CSSProperties;
  readonly act: RowActs;
}

/** A row is drawn again when something of it changed, not when another one did. */
function TableRow<Row>({ id, row, rowId, index, start, selected, columns, places, tracks, act }: TableRowProps<Row>) {
  return useMemo(
    () => (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for its rows
      <div
        id={id}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={selected}
        className={classes.row}
        style={{ ...tracks, transform: `translateY(${start}px)` }}
        onClick={() => act.select(rowId)}
        onDoubleClick={() => act.open(rowId)}
      >
        {columns.map((column) => (
          <div
            key={column.id}
            role="gridcell"
            aria-colindex={places.get(column.id)}
            className={`${classes.cell} ${column.align === 'right' ? classes.right : ''}`}
          >
            {column.cell(row)}
          </div>
        ))}
      </div>
    ),
    [id, row, rowId, index, start, selected, columns, places, tracks, act],
  );
}

interface Sorting {
  readonly id: string;
  readonly desc: boolean;
}

/** A click on a header sorts by it, then the other way round, then not at all. */
function nextSorting(now: Sorting | undefined, id: string): Sorting | undefined {
  if (now?.id !== id) return { id, desc: false };
  return now.desc ? undefined : { id, desc: true };
}

function tracksOf<Row>(columns: readonly TableColumn<Row>[]): CSSProperties {
  const tracks = columns.map(({ width, grow }) => (grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`));
  return { gridTemplateColumns: tracks.join(' '), minWidth: leastWidth(columns) };
}
