// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus and names its active option
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef } from 'react';
import type { LogEntry } from '../../../shared/contract/logs.ts';
import { strings } from '../../strings/logs.ts';
import { rowAfterKey } from '../../ui/tableKeys.ts';
import { LogRow } from './LogRow.tsx';
import classes from './logs.module.css';
import { lineText } from './logText.ts';

interface LogListProps {
  /** Oldest first. */
  readonly entries: readonly LogEntry[];
  readonly wanted: string;
  readonly selected: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
  /** Stays at the newest line. */
  readonly following: boolean;
  readonly onFollow: (following: boolean) => void;
  /** The first lines are in sight. */
  readonly onTop: () => void;
}

const rowHeight = 20;
/** So many lines before the first one the next page is asked for. */
const topIsNear = 40;

interface Anchor {
  readonly id: string;
  readonly index: number;
  /** Pixels of it that are out of sight. */
  readonly hidden: number;
}

/** Any number of lines, the newest at the bottom. What is in sight stays there while lines come in before and after it. */
export function LogList({ entries, wanted, selected, onSelect, following, onFollow, onTop }: LogListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor>(undefined);
  const id = useId();
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 20,
  });
  const selectedIndex = selected === undefined ? -1 : entries.findIndex((entry) => entry.id === selected);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    if (following) {
      element.scrollTop = element.scrollHeight;
      return;
    }
    const at = anchor.current;
    if (at === undefined || entries[at.index]?.id === at.id) return;
    const index = entries.findIndex((entry) => entry.id === at.id);
    if (index >= 0) element.scrollTop = index * rowHeight + at.hidden;
  }, [entries, following]);

  useEffect(() => {
    if (selectedIndex >= 0) virtual.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtual]);

  const firstInSight = virtual.range?.startIndex ?? 0;
  useEffect(() => {
    if (firstInSight < topIsNear) onTop();
  }, [firstInSight, onTop]);

  const onScroll = () => {
    const element = scroller.current;
    if (element === null) return;
    const index = Math.floor(element.scrollTop / rowHeight);
    const first = entries[index];
    anchor.current = first === undefined ? undefined : { id: first.id, index, hidden: element.scrollTop - index * rowHeight };
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < rowHeight;
    if (atEnd !== following) onFollow(atEnd);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const entry = entries[selectedIndex];
    if (event.key === 'Escape' && selected !== undefined) return onSelect(undefined);
    if (event.key === 'c' && (event.ctrlKey || event.metaKey) && entry !== undefined && `${getSelection() ?? ''}` === '') {
      event.preventDefault();
      void navigator.clipboard.writeText(lineText(entry));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const index = rowAfterKey(event.key, selectedIndex < 0 ? undefined : selectedIndex, entries.length, page);
    const next = index === undefined ? undefined : entries[index];
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next.id);
  };

  return (
    <div
      ref={scroller}
      className={classes.list}
      role="listbox"
      aria-label={strings.logs}
      aria-activedescendant={selectedIndex < 0 ? undefined : `${id}-${selectedIndex}`}
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <div className={classes.inner} role="presentation" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const entry = entries[item.index];
          if (entry === undefined) return null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys for its options
            <div
              key={item.key}
              id={`${id}-${item.index}`}
              role="option"
              aria-selected={entry.id === selected}
              aria-setsize={entries.length}
              aria-posinset={item.index + 1}
              className={classes.row}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => {
                // Who marks text with the pointer wants to copy it.
                if (`${getSelection() ?? ''}` === '') onSelect(entry.id === selected ? undefined : entry.id);
              }}
            >
              <LogRow entry={entry} wanted={wanted} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
