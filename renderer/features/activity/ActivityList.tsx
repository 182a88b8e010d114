// biome-ignore-all lint/a11y/useSemanticElements: the rows of a virtual list are placed one by one, which table elements don't do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { ActivityEntry } from '../../../shared/contract/settings.ts';
import { strings } from '../../strings/activity.ts';
import { rowAfterKey } from '../../ui/tableKeys.ts';
import { useFleet } from '../fleet/useFleet.ts';
import { ActivityRow, placeOfEntry } from './ActivityRow.tsx';
import classes from './activity.module.css';
import { linesByDay } from './days.ts';

const rowHeight = 28;
/** The rest is read when so many lines are left below. */
const readOnBefore = 60;

interface ActivityListProps {
  readonly entries: readonly ActivityEntry[];
  readonly total: number;
  /** Changes once a day. */
  readonly today: number;
  readonly readOn: () => void;
}

/** What was done, by day; only the lines in sight exist. The arrow keys move the selection, Enter opens the update or the device. */
export function ActivityList({ entries, total, today, readOn }: ActivityListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [, navigate] = useLocation();
  const devices = useFleet().data?.devices;
  const [selected, setSelected] = useState<number>();
  const lines = useMemo(() => linesByDay(entries, today), [entries, today]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= lines.length - readOnBefore) readOn();
  }, [last, lines.length, readOn]);

  const place = entries.findIndex((entry) => entry.id === selected);
  const select = useCallback((entry: ActivityEntry) => setSelected(entry.id), []);
  const isThere = (entry: ActivityEntry) => entry.deviceId !== undefined && devices?.has(entry.deviceId) === true;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const chosen = entries[place];
    if (event.key === 'Enter' && chosen !== undefined) {
      const to = placeOfEntry(chosen, isThere(chosen));
      if (to !== undefined) navigate(to);
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const next = rowAfterKey(event.key, place < 0 ? undefined : place, entries.length, page);
    const entry = next === undefined ? undefined : entries[next];
    if (entry === undefined) return;
    event.preventDefault();
    setSelected(entry.id);
    virtual.scrollToIndex(
      lines.findIndex(({ key }) => key === String(entry.id)),
      { align: 'auto' },
    );
  };

  return (
    <div
      ref={scroller}
      className={classes.list}
      role="grid"
      tabIndex={0}
      aria-label={strings.list}
      aria-rowcount={total}
      aria-activedescendant={place < 0 ? undefined : `${id}-${selected}`}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, key, start }) => {
          const line = lines[index];
          if (line === undefined) return null;
          return (
            <div key={key} role="none" className={classes.line} style={{ transform: `translateY(${start}px)` }}>
              {line.kind === 'day' ? (
                <div role="row" className={classes.day}>
                  <span role="gridcell">{line.text}</span>
                </div>
              ) : (
                <ActivityRow
                  id={`${id}-${line.entry.id}`}
                  entry={line.entry}
                  rowIndex={index + 1}
                  there={isThere(line.entry)}
                  selected={line.entry.id === selected}
                  onSelect={select}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
