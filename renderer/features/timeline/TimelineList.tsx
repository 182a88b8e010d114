// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus and names its active option
import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef } from 'react';
import type { RevisionView } from '../../../shared/contract/device.ts';
import { strings } from '../../strings/timeline.ts';
import { problemText } from '../../ui/ProblemPanel.tsx';
import { rowAfterKey } from '../../ui/tableKeys.ts';
import row from './RevisionRow.module.css';
import { RevisionRow } from './RevisionRow.tsx';
import { extend, type Selection, toggle } from './selection.ts';
import classes from './TimelineList.module.css';
import type { OlderRevisions } from './useOlder.ts';

interface TimelineListProps {
  readonly revisions: readonly RevisionView[];
  /** Since when the device is not answering, an instant. */
  readonly silentSince: number | undefined;
  readonly selection: Selection;
  /** The one that the keyboard stands on. */
  readonly active: string | undefined;
  readonly onChange: (selection: Selection, active: string) => void;
  /** There are older ones that were not read yet. */
  readonly older: boolean;
  readonly olderRevisions: OlderRevisions;
}

const rowHeight = 56;

/**
 * The revisions, newest first. A click or an arrow key selects one; Space, Ctrl and a click on the box add a second; Shift
 * reaches out from the first.
 */
export function TimelineList(props: TimelineListProps) {
  const { revisions, silentSince, selection, active, onChange, older, olderRevisions } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtual = useVirtualizer({
    count: revisions.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => revisions[index]?.revision ?? index,
    overscan: 8,
  });
  const timed = revisions.some(({ stages }) => stages !== undefined && stages.length > 0);
  const activeIndex = revisions.findIndex(({ revision }) => revision === active);

  useEffect(() => {
    if (activeIndex >= 0) virtual.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeIndex, virtual]);

  const lastInSight = virtual.getVirtualItems().at(-1)?.index ?? 0;
  const atEnd = older && lastInSight >= revisions.length - 1;
  const { loadByItself } = olderRevisions;
  const askedAt = useRef<number>(undefined);
  useEffect(() => {
    // A page that was read shows a moment later: it is not asked for twice.
    if (!atEnd || askedAt.current === revisions.length) return;
    if (loadByItself()) askedAt.current = revisions.length;
  }, [atEnd, loadByItself, revisions.length]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === ' ' && active !== undefined) {
      event.preventDefault();
      onChange(toggle(selection, active), active);
      return;
    }
    if (event.key === 'Escape' && selection.length > 0 && active !== undefined) {
      onChange([], active);
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const index = rowAfterKey(event.key, activeIndex < 0 ? undefined : activeIndex, revisions.length, page);
    const next = index === undefined ? undefined : revisions[index]?.revision;
    if (next === undefined) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) onChange(selection, next);
    else onChange(event.shiftKey ? extend(selection, next) : [next], next);
  };
  const onClick = (event: MouseEvent, revision: string) => {
    const onBox = event.target instanceof Element && event.target.closest('[data-toggles]') !== null;
    if (onBox || event.ctrlKey || event.metaKey) onChange(toggle(selection, revision), revision);
    else onChange(event.shiftKey ? extend(selection, revision) : [revision], revision);
  };

  return (
    <div className={classes.frame}>
      <div
        ref={scroller}
        className={classes.list}
        role="listbox"
        aria-multiselectable="true"
        aria-label={strings.timeline}
        aria-activedescendant={activeIndex < 0 ? undefined : `${id}-${activeIndex}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className={classes.inner} role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const revision = revisions[item.index];
            if (revision === undefined) return null;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys for its options
              <div
                key={item.key}
                id={`${id}-${item.index}`}
                role="option"
                aria-selected={selection.includes(revision.revision)}
                aria-setsize={revisions.length}
                aria-posinset={item.index + 1}
                data-active={revision.revision === active || undefined}
                className={`${classes.item} ${row.row}`}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={(event) => onClick(event, revision.revision)}
              >
                <RevisionRow
                  revision={revision}
                  silentSince={silentSince}
                  first={item.index === 0}
                  last={item.index === revisions.length - 1}
                  timed={timed}
                />
              </div>
            );
          })}
        </div>
      </div>
      {older && <Older of={olderRevisions} />}
    </div>
  );
}

function Older({ of: { loading, problem, load } }: { of: OlderRevisions }) {
  return (
    <div className={classes.older} role="status">
      {problem === undefined ? (
        <span>{loading ? strings.loadingOlder : strings.older}</span>
      ) : (
        <span className={classes.failed} title={problemText(problem)}>
          {strings.notLoaded} {problem.what}
        </span>
      )}
      <Button size="compact-xs" loading={loading} onClick={load}>
        {strings.loadOlder}
      </Button>
    </div>
  );
}
