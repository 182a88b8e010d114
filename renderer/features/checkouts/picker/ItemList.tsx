// biome-ignore-all lint/a11y/useSemanticElements: the rows of a virtual list are placed one by one
// biome-ignore-all lint/a11y/useFocusableInteractive: the field has the focus and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the field takes the keys for its rows
import { IconFile, IconFileZip, IconFolder, IconFolderCode, type TablerIcon } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import type { FolderItem } from '../../../../shared/contract/checkout.ts';
import { pickerStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { isTaken, type Wanted } from './pathText.ts';
import classes from './picker.module.css';

interface ItemListProps {
  readonly id: string;
  readonly items: readonly FolderItem[];
  readonly active: number | undefined;
  readonly wanted: Wanted;
  readonly onActive: (index: number) => void;
  /** A click on what can be taken. */
  readonly onChoose: (item: FolderItem) => void;
  /** A click on a folder, or a double click on what can be taken. */
  readonly onTake: (item: FolderItem) => void;
  /** What to say where there is nothing to choose from. */
  readonly children: ReactNode;
}

const icons: { readonly [Kind in FolderItem['kind']]: TablerIcon } = {
  folder: IconFolder,
  checkout: IconFolderCode,
  export: IconFileZip,
  file: IconFile,
};

const rowHeight = 28;

/** What is in a folder: only the rows in sight exist. The focus stays in the field above it. */
export function ItemList({ id, items, active, wanted, onActive, onChoose, onTake, children }: ItemListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  useEffect(() => {
    if (active !== undefined) virtual.scrollToIndex(active, { align: 'auto' });
  }, [active, virtual]);
  return (
    <div ref={scroller} className={classes.list}>
      {items.length === 0 && (
        <p className={classes.none} role="status">
          {children}
        </p>
      )}
      <div id={id} role="listbox" aria-label={strings.items} className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) => {
          const item = items[row.index];
          if (item === undefined) return null;
          const Icon = icons[item.kind];
          const taken = isTaken(item, wanted);
          return (
            <div
              key={item.name}
              id={`${id}-${row.index}`}
              role="option"
              aria-selected={row.index === active}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
              className={classes.item}
              style={{ transform: `translateY(${row.start}px)` }}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                onActive(row.index);
                if (taken) onChoose(item);
                else onTake(item);
              }}
              onDoubleClick={() => taken && onTake(item)}
            >
              <Icon size={16} stroke={1.5} aria-hidden />
              <span className={classes.name}>{item.name}</span>
              {item.kind !== 'folder' && <span className={classes.kind}>{strings.kinds[item.kind]}</span>}
            </div>
          );
        })}
      </div>
    </div>
  );
}
