// biome-ignore-all lint/a11y/useSemanticElements: the rows of a virtual table are placed one by one, which table elements don't do
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type SortedRows, sortedRows } from './sortedRows.ts';
import { TableHead } from './TableHead.tsx';
import { type RowActs, TableRow } from './TableRow.tsx';
import { type Sorting, type TableColumn, tracksOf } from './tableColumn.ts';
import { rowAfterKey } from './tableKeys.ts';
import { laidColumns, type TableLayout } from './tableLayout.ts';
import { columnGap, columnsThatFit, markRoom } from './tableWidth.ts';
import { useColumnHands } from './useColumnHands.ts';
import { useRowsInSight } from './useRowsInSight.ts';
import { type TableMarks, useTableMarks } from './useTableMarks.ts';
import { useWidth } from './useWidth.ts';
import classes from './VirtualTable.module.css';

export type { TableColumn } from './tableColumn.ts';

/** A table from outside. */
export interface TableHandle {
  /** Gives it the focus, and selects its first row where none is. */
  readonly focus: () => void;
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
  readonly initialSort?: Sorting;
  /** The order, where somebody else keeps it. */
  readonly sort?: { readonly now: Sorting | undefined; readonly onChange: (sorting: Sorting | undefined) => void };
  /** What the person made of the columns, where it is kept; the headers then move and size them. */
  readonly layout?: TableLayout;
  readonly onLayout?: (layout: TableLayout) => void;
  readonly marks?: TableMarks<Row>;
  /** The right button, the menu key or Shift+F10 on a row, and where in the window. */
  readonly onMenu?: (key: string, at: { readonly x: number; readonly y: number }) => void;
  readonly handle?: Ref<TableHandle>;
  /** The keys of the rows in sight, told when they have come to rest. */
  readonly onInSight?: (keys: readonly string[]) => void;
}

const rowHeight = 28;

/**
 * A sortable table of any length: only the rows in sight exist, and the columns that find room. The arrow keys move the selection, Enter
 * opens; with marks Space and Shift choose more rows than one.
 */
export function VirtualTable<Row extends object>(props: VirtualTableProps<Row>) {
  const { label, rows, columns, rowKey, selected, onSelect, onOpen, layout, onLayout, marks, onMenu } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();

  const [ownSorting, setOwnSorting] = useState<Sorting | undefined>(props.initialSort);
  const sorting = props.sort === undefined ? ownSorting : props.sort.now;
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

  const marking = marks !== undefined;
  const width = useWidth(scroller);
  const laid = useMemo(() => (layout === undefined ? columns : laidColumns(columns, layout)), [columns, layout]);
  const fitting = useMemo(
    () => columnsThatFit(laid, width === undefined || !marking ? width : width - markRoom.width - columnGap),
    [laid, width, marking],
  );
  const tracks = useMemo(() => tracksOf(fitting, marking), [fitting, marking]);
  const places = useMemo(() => new Map(laid.map((column, index) => [column.id, index + (marking ? 2 : 1)])), [laid, marking]);
  const hands = useColumnHands(scroller, columns, layout, onLayout);

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
  const selectedIndex = useMemo(
    () => (selected === undefined ? -1 : shown.findIndex((row) => rowKey(row) === selected)),
    [shown, rowKey, selected],
  );
  // Another row was selected; one that only moves among the others takes nobody along.
  const inSight = useRef<string>(undefined);
  useEffect(() => {
    if (inSight.current === selected || selectedIndex < 0) return;
    inSight.current = selected;
    virtual.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selected, selectedIndex, virtual]);

  const items = virtual.getVirtualItems();
  useRowsInSight(
    items.flatMap(({ index }) => keyAt(index) ?? []),
    props.onInSight,
  );

  const marker = useTableMarks(marks, () => shown.map(rowKey));
  const openMenu = (key: string, element: Element | null) => {
    const { left, bottom } = (element ?? scroller.current)?.getBoundingClientRect() ?? { left: 0, bottom: 0 };
    onMenu?.(key, { x: left + 24, y: bottom });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const { key } = event;
    const command = event.ctrlKey || event.metaKey;
    const done = () => event.preventDefault();
    if (selected !== undefined && key === 'Enter') {
      done();
      onOpen?.(selected);
    } else if (selected !== undefined && onMenu !== undefined && (key === 'ContextMenu' || (key === 'F10' && event.shiftKey))) {
      done();
      openMenu(selected, document.getElementById(`${id}-${selectedIndex}`));
    } else if (key === 'Escape' && ((marks?.keys.size ?? 0) > 0 || selected !== undefined)) {
      done();
      if ((marks?.keys.size ?? 0) > 0) marker?.clear();
      else onSelect?.(undefined);
    } else if (marker !== undefined && key === ' ') {
      done();
      if (selected !== undefined) marker.toggle(selected);
    } else if (marker !== undefined && command && key.toLowerCase() === 'a') {
      done();
      marker.all();
    } else {
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
      const next = keyAt(rowAfterKey(key, selectedIndex < 0 ? undefined : selectedIndex, shown.length, page) ?? -1);
      if (next === undefined) return;
      done();
      if (event.shiftKey) marker?.extend(next, selected);
      else marker?.leave();
      onSelect?.(next);
    }
  };

  const latest = useRef({ onSelect, onOpen, onMenu, marker, selected });
  latest.current = { onSelect, onOpen, onMenu, marker, selected };
  const hasMenu = onMenu !== undefined;
  const acts = useMemo(
    (): RowActs => ({
      press: (key, how) => {
        const now = latest.current;
        if (how === 'range') now.marker?.extend(key, now.selected);
        else if (how === 'box') now.marker?.toggle(key);
        else if (how === 'toggle') now.marker?.toggle(key, now.selected);
        else now.marker?.leave();
        if (how !== 'box') now.onSelect?.(key);
      },
      open: (key) => latest.current.onOpen?.(key),
      menu: hasMenu
        ? (key: string, event: MouseEvent) => {
            event.preventDefault();
            latest.current.onSelect?.(key);
            latest.current.onMenu?.(key, { x: event.clientX, y: event.clientY });
          }
        : undefined,
    }),
    [hasMenu],
  );

  const first = keyAt(0);
  useImperativeHandle(props.handle, () => ({
    focus: () => {
      scroller.current?.focus();
      if (selectedIndex < 0 && first !== undefined) onSelect?.(first);
    },
  }));
  const markedShown = useMemo(
    () => (marks === undefined || marks.keys.size === 0 ? 0 : shown.filter((row) => marks.keys.has(rowKey(row))).length),
    [marks, shown, rowKey],
  );
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={shown.length + 1}
      aria-colcount={laid.length + (marking ? 1 : 0)}
      aria-activedescendant={selectedIndex < 0 ? undefined : `${id}-${selectedIndex}`}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={classes.headGroup}>
        <TableHead
          columns={fitting}
          places={places}
          tracks={tracks}
          sorting={sorting}
          onSort={props.sort === undefined ? setOwnSorting : props.sort.onChange}
          hands={hands}
          marks={
            marker === undefined
              ? undefined
              : { some: markedShown > 0, all: markedShown > 0 && markedShown === shown.length, onToggle: marker.turnAll }
          }
        />
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
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
              marked={marks?.keys.has(key)}
              markLabel={marks?.label}
              columns={fitting}
              places={places}
              tracks={tracks}
              acts={acts}
            />
          );
        })}
      </div>
    </div>
  );
}
