// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus and names its active option
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useNow } from '../../stores/now.ts';
import { strings } from '../../strings/logs.ts';
import { rowAfterKey } from '../../ui/tableKeys.ts';
import { LogRow } from './LogRow.tsx';
import type { LogBuffer } from './logBuffer.ts';
import type { TimeMode } from './logPrefs.ts';
import type { Search } from './logSearch.ts';
import classes from './logs.module.css';
import { lineHeight } from './rowHeights.ts';
import { isSelected, type Selection, selectedText } from './selection.ts';
import { useListSize } from './useListSize.ts';
import { useRows } from './useRows.ts';

export interface LogListProps {
  readonly buffer: LogBuffer;
  readonly version: number;
  readonly search: Search;
  readonly wrap: boolean;
  readonly time: TimeMode;
  readonly selection: Selection | undefined;
  readonly onSelect: (selection: Selection | undefined) => void;
  /** Stays at the newest line. */
  readonly following: boolean;
  readonly onFollow: (following: boolean) => void;
  /** The first lines are in sight. */
  readonly onTop?: () => void;
}

/** Widths of time, level and source, in pixels, and all that is beside the text. */
const columns = { wide: [92, 68, 160], narrow: [72, 62, 112] } as const;
/** Below this width of the list. */
const narrow = 700;
const gap = 12;
const padding = 24;
/** Rows that are drawn out of sight, above and below. */
const beyond = 10;
const leastSlots = 64;

/** The line at the top of what is in sight, and how many pixels of it are out of sight. */
interface Anchor {
  readonly seq: number;
  readonly hidden: number;
}

/**
 * Any number of lines, the newest at the bottom. What is in sight stays there while lines come in before and after it. Only the rows in
 * sight are drawn, and what a picture costs does not depend on how many there are.
 */
export function LogList(props: LogListProps) {
  const { buffer, version, search, wrap, time, selection, onSelect, following, onFollow, onTop } = props;
  const { view } = buffer;
  const scroller = useRef<HTMLDivElement>(null);
  const size = useListSize(scroller);
  const own = useRef(0);
  const [anchor, setAnchor] = useState<Anchor>();
  const now = useNow();
  const id = useId();
  const widths = columns[size.width < narrow ? 'narrow' : 'wide'];
  const textWidth = size.width - padding - widths.reduce((sum, width) => sum + width + gap, 0);
  const rows = useRows(buffer, wrap ? Math.floor(textWidth / size.charWidth) : undefined);

  const end = Math.max(0, rows.total - size.height);
  const anchored = anchor === undefined ? 0 : rows.top(view.placeOf(anchor.seq)) + anchor.hidden;
  const top = following ? end : Math.min(end, anchored);
  const first = Math.max(0, rows.placeAt(top) - beyond);
  const last = Math.min(view.length, rows.placeAt(top + size.height) + beyond);
  const head = selection === undefined ? -1 : view.placeOf(selection.head);
  const active = selection !== undefined && view.at(head) === selection.head ? head : -1;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each version may have moved what is in sight
  useLayoutEffect(() => {
    const element = scroller.current;
    // Asking the element where it is would make it lay everything out.
    if (element === null || Math.abs(own.current - top) < 1) return;
    element.scrollTop = top;
    own.current = element.scrollTop;
  }, [top, version]);

  const isAtTop = first === 0;
  useEffect(() => {
    if (isAtTop && !following) onTop?.();
  }, [isAtTop, following, onTop]);

  /** Stops following with what is in sight now. */
  const stay = (at: number) => {
    const place = rows.placeAt(at);
    const seq = view.at(place);
    if (seq !== undefined) setAnchor({ seq, hidden: at - rows.top(place) });
    if (following) onFollow(false);
  };
  const show = (place: number) => {
    const element = scroller.current;
    if (element === null) return;
    const from = rows.top(place);
    const to = from + rows.height(place);
    if (from < top) stay(from);
    else if (to > top + size.height) stay(to - size.height);
    else if (following) stay(top);
  };
  // What is selected from elsewhere (a hit of the search) comes into sight.
  const shown = useRef(selection);
  useEffect(() => {
    if (shown.current === selection) return;
    shown.current = selection;
    if (active >= 0) show(active);
  });

  const onScroll = () => {
    const element = scroller.current;
    if (element === null || Math.abs(element.scrollTop - own.current) < 1) return;
    own.current = element.scrollTop;
    const isAtEnd = rows.total - element.scrollTop - size.height < lineHeight;
    if (isAtEnd) {
      if (!following) onFollow(true);
    } else stay(element.scrollTop);
  };
  const select = (seq: number, extend: boolean) => {
    const from = extend && selection !== undefined ? selection.from : seq;
    onSelect({ from, head: seq });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && selection !== undefined) return onSelect(undefined);
    const held = event.ctrlKey || event.metaKey;
    if (held && event.key === 'c' && selection !== undefined && `${getSelection() ?? ''}` === '') {
      event.preventDefault();
      void navigator.clipboard.writeText(selectedText(buffer, selection));
      return;
    }
    if (held && event.key === 'a' && view.length > 0) {
      event.preventDefault();
      return onSelect({ from: view.at(0) ?? 0, head: view.at(view.length - 1) ?? 0 });
    }
    if (held || event.altKey) return;
    if (event.key === 'End' && !event.shiftKey) {
      event.preventDefault();
      onSelect(undefined);
      return onFollow(true);
    }
    const page = Math.max(1, Math.floor(size.height / lineHeight) - 1);
    const from = active >= 0 ? active : following ? view.length : rows.placeAt(top);
    const place = rowAfterKey(event.key, from, view.length, page);
    const seq = place === undefined ? undefined : view.at(place);
    if (seq === undefined) return;
    event.preventDefault();
    select(seq, event.shiftKey);
  };
  const onRowClick = (event: MouseEvent, seq: number) => {
    // Who marks text with the pointer wants to copy it.
    if (`${getSelection() ?? ''}` !== '' && !event.shiftKey) return;
    if (event.shiftKey) getSelection()?.removeAllRanges();
    if (!event.shiftKey && selection?.head === seq && selection.from === seq) onSelect(undefined);
    else select(seq, event.shiftKey);
  };

  const style: CSSProperties & Record<'--log-columns', string> = {
    '--log-columns': `${widths.map((width) => `${width}px`).join(' ')} minmax(0, 1fr)`,
  };
  // What was drawn for a line that is gone is used for another one.
  const slots = 2 ** Math.ceil(Math.log2(Math.max(leastSlots, last - first)));
  const drawn: number[] = [];
  for (let place = first; place < last; place += 1) drawn.push(place);
  return (
    <div
      ref={scroller}
      className={classes.list}
      style={style}
      role="listbox"
      aria-label={strings.logs}
      aria-multiselectable
      aria-activedescendant={active < first || active >= last ? undefined : `${id}-${selection?.head}`}
      tabIndex={0}
      data-wrap={wrap || undefined}
      onScroll={onScroll}
      onWheel={(event) => event.deltaY < 0 && following && end > 0 && stay(top)}
      onPointerDown={(event) => {
        // Who takes the scroll bar or begins to mark text does not want the lines to run away.
        if (following && end > 0 && event.button === 0) stay(top);
      }}
      onKeyDown={onKeyDown}
    >
      <div className={classes.inner} role="presentation" style={{ height: rows.total }}>
        {drawn.map((place) => {
          const seq = view.at(place);
          const entry = seq === undefined ? undefined : buffer.get(seq);
          if (entry === undefined || seq === undefined) return null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys for its options
            <div
              key={(view.popped + place) % slots}
              id={`${id}-${seq}`}
              role="option"
              aria-selected={isSelected(selection, seq)}
              // While lines run by, where each of them stands is nothing to be read out.
              aria-setsize={following ? undefined : view.length}
              aria-posinset={following ? undefined : place + 1}
              className={classes.row}
              data-mark={entry.mark?.kind}
              data-active={seq === selection?.head || undefined}
              style={{ transform: `translateY(${rows.top(place)}px)`, height: rows.height(place) }}
              onClick={(event) => onRowClick(event, seq)}
            >
              <LogRow entry={entry} search={search} time={time} now={time === 'ago' ? now : 0} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
