import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import type { LogFile } from '../../../shared/contract/logs.ts';
import { strings } from '../../strings/logs.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { showNotice } from '../../ui/showNotice.ts';
import { LogFoot } from './LogFoot.tsx';
import { LogLine } from './LogLine.tsx';
import { LogList } from './LogList.tsx';
import type { LocalFilter } from './localFilter.ts';
import type { FeedState, LogFeed } from './logFeed.ts';
import { useLogPrefs } from './logPrefs.ts';
import classes from './logs.module.css';
import { SaveMenu } from './SaveMenu.tsx';
import { SearchBox } from './SearchBox.tsx';
import { type Selection, selectedCount, selectedText, textOfPlaces } from './selection.ts';
import { useBufferVersion } from './useLogFeed.ts';
import { useLogKeys } from './useLogKeys.ts';
import { useNarrowing } from './useNarrowing.ts';
import { useSaving } from './useSaving.ts';

interface LogLinesProps {
  readonly device: DeviceSummary;
  readonly feed: LogFeed;
  readonly state: FeedState;
  readonly local: LocalFilter;
  readonly isSsh: boolean;
  readonly isFiltered: boolean;
  readonly filters: ReactNode;
  readonly problem: ReactNode;
  /** Those of the revision that is shown. */
  readonly files: readonly LogFile[];
  readonly onFiles: () => void;
}

/** The lines of a log with their search, the selected one, and what can be done with them. */
export function LogLines(props: LogLinesProps) {
  const { device, feed, state, local, isSsh, isFiltered, filters, problem, files, onFiles } = props;
  const { buffer } = feed;
  const { view, hits } = buffer;
  const version = useBufferVersion(buffer);
  const narrowing = useNarrowing(buffer, local);
  const { wrap, time } = useLogPrefs();
  const [selection, setSelection] = useState<Selection>();
  const [following, setFollowing] = useState(true);
  const seen = useRef(0);
  const search = useRef<HTMLInputElement>(null);
  const saving = useSaving();
  if (following) seen.current = view.pushed;
  const fresh = view.pushed - seen.current;
  const line = selection === undefined || selectedCount(buffer, selection) !== 1 ? undefined : buffer.get(selection.head);
  const olderFile = local.files.length === 1 ? local.files[0] : undefined;

  const hitAt = selection === undefined ? hits.length : hits.placeOf(selection.head);
  const isOnHit = selection !== undefined && hits.at(hitAt) === selection.head;
  const step = useCallback(
    (by: 1 | -1) => {
      if (hits.length === 0) return;
      // From the newest at first, because that is where people look.
      const next = by === -1 ? hitAt - 1 : isOnHit ? hitAt + 1 : hitAt;
      const seq = hits.at((next + hits.length) % hits.length);
      if (seq === undefined) return;
      setFollowing(false);
      setSelection({ from: seq, head: seq });
    },
    [hits, hitAt, isOnHit],
  );
  const select = useCallback((next: Selection | undefined) => {
    setSelection(next);
    if (next !== undefined) setFollowing(false);
  }, []);
  const onTop = useCallback(() => {
    if (feed.olderProblem === undefined && !narrowing.onlyHits) void feed.loadOlder(olderFile);
  }, [feed, olderFile, narrowing.onlyHits]);
  const copy = () => {
    const text = selection === undefined ? textOfPlaces(buffer, 0, view.length) : selectedText(buffer, selection);
    const lines = selection === undefined ? view.length : selectedCount(buffer, selection);
    void navigator.clipboard.writeText(text).then(() => showNotice(strings.copied(lines)));
  };
  const clear = useCallback(() => {
    feed.clear();
    setSelection(undefined);
    setFollowing(true);
  }, [feed]);
  const toggleFollow = useCallback(() => setFollowing((before) => !before), []);
  useLogKeys(useMemo(() => ({ search, step, clear, toggleFollow }), [step, clear, toggleFollow]));

  return (
    <div className={classes.tab}>
      <div className={classes.bar} role="toolbar" aria-label={strings.toolbar}>
        <SearchBox
          narrowing={narrowing}
          inputRef={search}
          now={isOnHit ? hitAt + 1 : 0}
          all={hits.length}
          isScanning={buffer.isScanning}
          onStep={step}
        />
        {filters}
      </div>
      {problem}
      <div className={classes.rest}>
        {view.length === 0 ? (
          <Nothing
            state={state}
            isSsh={isSsh}
            isFiltered={isFiltered}
            isSearched={narrowing.onlyHits}
            isScanning={buffer.isScanning}
          />
        ) : (
          <LogList
            buffer={buffer}
            version={version}
            search={narrowing.search}
            wrap={wrap}
            time={time}
            selection={selection}
            onSelect={select}
            following={following}
            onFollow={setFollowing}
            onTop={onTop}
          />
        )}
        {!following && state.kind !== 'ended' && (
          <Button
            className={classes.newLines ?? ''}
            variant="filled"
            rightSection={<IconArrowDown size={14} aria-hidden />}
            onClick={() => setFollowing(true)}
          >
            {fresh > 0 ? strings.newLines(fresh) : strings.toNewest}
          </Button>
        )}
      </div>
      {line !== undefined && line.mark === undefined && <LogLine entry={line} onClose={() => setSelection(undefined)} />}
      <LogFoot
        feed={feed}
        state={state}
        following={following}
        onFollow={setFollowing}
        onClear={clear}
        onCopy={copy}
        olderFile={olderFile}
        isSsh={isSsh}
        narrowed={narrowing.onlyHits}
        saving={saving}
        save={<SaveMenu device={device} buffer={buffer} saving={saving} files={files} onOpen={onFiles} />}
      />
    </div>
  );
}

interface NothingProps {
  readonly state: FeedState;
  readonly isSsh: boolean;
  readonly isFiltered: boolean;
  readonly isSearched: boolean;
  readonly isScanning: boolean;
}

function Nothing({ state, isSsh, isFiltered, isSearched, isScanning }: NothingProps) {
  if (state.kind === 'failed') return null;
  if (state.kind === 'opening' || isScanning) return <p className={classes.note}>{strings.reading}</p>;
  if (isSearched) return <EmptyState sentence={strings.notFound} />;
  if (isFiltered) return <EmptyState sentence={strings.emptyFiltered} />;
  const origin = isSsh ? 'ssh' : 'hub';
  return (
    <EmptyState sentence={strings.empty[origin]}>
      <p className={classes.emptyText}>{strings.emptyHint[origin]}</p>
    </EmptyState>
  );
}
