// biome-ignore-all lint/a11y/useSemanticElements: the rows of a virtual tree are placed one by one
// biome-ignore-all lint/a11y/useFocusableInteractive: the tree has the focus and names its active row
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { rowAfterKey } from '../../../ui/tableKeys.ts';
import classes from './RowList.module.css';

/** A row of a tree of two levels: parts, and what is in them. */
export interface ListRow {
  readonly id: string;
  readonly kind: 'part' | 'entry';
  /** Of a part: whether its entries are shown. */
  readonly open?: boolean;
}

interface RowListProps<Row extends ListRow> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  /** Opens or closes a part. */
  readonly onToggle?: (id: string, open: boolean) => void;
  /** Enter on an entry. */
  readonly onOpen?: (id: string) => void;
  /** Keys that mean something to the selected row besides; true for one that did. */
  readonly onKey?: (key: string, id: string) => boolean;
  /** Whether a row is marked for something that is done to all that are; undefined where it can't be. */
  readonly isChecked?: (id: string) => boolean | undefined;
  /** A row that something is held over. */
  readonly marked?: string | undefined;
  readonly children: (row: Row) => ReactNode;
}

const rowHeight = 28;

/** A tree of any length: only the rows in sight exist. Arrow keys walk and open parts, Enter opens an entry. */
export function RowList<Row extends ListRow>(props: RowListProps<Row>) {
  const { label, rows, selected, onSelect, onToggle, onOpen, onKey, isChecked, marked, children } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  const selectedIndex = selected === undefined ? -1 : rows.findIndex((row) => row.id === selected);
  const selectedRow = rows[selectedIndex];

  // Another row was selected; one that only moves among the others takes nobody along.
  const inSight = useRef<string>(undefined);
  useEffect(() => {
    if (inSight.current === selected || selectedIndex < 0) return;
    inSight.current = selected;
    virtual.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selected, selectedIndex, virtual]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (selectedRow !== undefined && acted(event, selectedRow)) {
      event.preventDefault();
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const index = rowAfterKey(event.key, selectedIndex < 0 ? undefined : selectedIndex, rows.length, page);
    const row = index === undefined ? undefined : rows[index];
    if (row === undefined) return;
    event.preventDefault();
    onSelect(row.id);
  };

  const acted = (event: KeyboardEvent, row: Row): boolean => {
    if (row.kind === 'part' && (event.key === 'ArrowLeft' || event.key === 'ArrowRight' || event.key === 'Enter')) {
      const open = event.key === 'Enter' ? row.open === false : event.key === 'ArrowRight';
      onToggle?.(row.id, open);
      return true;
    }
    if (row.kind === 'entry' && event.key === 'Enter') {
      onOpen?.(row.id);
      return true;
    }
    if (onKey?.(event.key, row.id) === true) return true;
    if (row.kind === 'entry' && event.key === 'ArrowLeft') {
      const part = rows.slice(0, selectedIndex).findLast((other) => other.kind === 'part');
      if (part !== undefined) onSelect(part.id);
      return true;
    }
    return false;
  };

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="tree"
      tabIndex={0}
      aria-label={label}
      {...(isChecked === undefined ? {} : { 'aria-multiselectable': true })}
      aria-activedescendant={selectedIndex < 0 ? undefined : `${id}-${selectedIndex}`}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys for its rows
            <div
              key={item.key}
              id={`${id}-${item.index}`}
              role="treeitem"
              data-row={row.id}
              data-marked={row.id === marked || undefined}
              aria-level={row.kind === 'part' ? 1 : 2}
              aria-selected={row.id === selected}
              aria-checked={isChecked?.(row.id)}
              {...(row.kind === 'part' ? { 'aria-expanded': row.open !== false } : {})}
              className={`${classes.row} ${row.kind === 'part' ? classes.part : classes.entry}`}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => {
                onSelect(row.id);
                if (row.kind === 'part') onToggle?.(row.id, row.open === false);
              }}
              onDoubleClick={() => row.kind === 'entry' && onOpen?.(row.id)}
            >
              {children(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
