// biome-ignore-all lint/a11y/useSemanticElements: the rows of a virtual table are placed one by one, which table elements don't do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { createSortedRowModel, rowSortingFeature, type SortingState, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef } from 'react';
import { rowAfterKey } from './tableKeys.ts';
import { compareCells, type SortValue } from './tableSort.ts';
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
const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

/** A sortable table of any length: only the rows in sight exist, and the columns that find room. The arrow keys move the selection, Enter opens. */
export function VirtualTable<Row extends object>(props: VirtualTableProps<Row>) {
  const { label, rows, columns, rowKey, selected, onSelect, onOpen, initialSort } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();

  const data = useMemo(() => [...rows], [rows]);
  const initialSorting: SortingState = initialSort === undefined ? [] : [{ ...initialSort }];
  const table = useTable<typeof features, Row>({
    features,
    data,
    columns: useMemo(
      () =>
        columns.map((column) => ({
          id: column.id,
          accessorFn: (row: Row) => column.sortBy?.(row),
          enableSorting: column.sortBy !== undefined,
          sortDescFirst: false,
          sortFn: (a: { original: Row }, b: { original: Row }) =>
            compareCells(column.sortBy?.(a.original), column.sortBy?.(b.original)),
        })),
      [columns],
    ),
    getRowId: rowKey,
    initialState: { sorting: initialSorting },
  });
  const shown = table.getRowModel().rows;
  const width = useWidth(scroller);
  const fitting = useMemo(() => columnsThatFit(columns, width), [columns, width]);
  const places = useMemo(() => new Map(columns.map((column, index) => [column.id, index + 1])), [columns]);
  const headers = table.getHeaderGroups()[0]?.headers;

  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => shown[index]?.id ?? index,
    scrollPaddingStart: rowHeight,
    overscan: 12,
  });
  const selectedIndex = selected === undefined ? -1 : shown.findIndex((row) => row.id === selected);

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
    const row = index === undefined ? undefined : shown[index];
    if (row === undefined) return;
    event.preventDefault();
    onSelect?.(row.id);
  };

  const tracks = useMemo(() => tracksOf(fitting), [fitting]);
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
            const header = headers?.find(({ id }) => id === column.id);
            if (header === undefined) return null;
            const sorted = header.column.getIsSorted();
            const text = column.header;
            return (
              <div
                key={column.id}
                role="columnheader"
                aria-colindex={places.get(column.id)}
                className={`${classes.cell} ${column.align === 'right' ? classes.right : ''}`}
                aria-sort={sorted === false ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'}
              >
                {header.column.getCanSort() ? (
                  <button type="button" className={classes.sort} onClick={header.column.getToggleSortingHandler()}>
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
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for its rows
            <div
              key={item.key}
              id={`${id}-${item.index}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={row.id === selected}
              className={classes.row}
              style={{ ...tracks, transform: `translateY(${item.start}px)` }}
              onClick={() => onSelect?.(row.id)}
              onDoubleClick={() => onOpen?.(row.id)}
            >
              {fitting.map((column) => (
                <div
                  key={column.id}
                  role="gridcell"
                  aria-colindex={places.get(column.id)}
                  className={`${classes.cell} ${column.align === 'right' ? classes.right : ''}`}
                >
                  {column.cell(row.original)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function tracksOf<Row>(columns: readonly TableColumn<Row>[]): CSSProperties {
  const tracks = columns.map(({ width, grow }) => (grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`));
  return { gridTemplateColumns: tracks.join(' '), minWidth: leastWidth(columns) };
}
