import { Button, Checkbox, TextInput } from '@mantine/core';
import { useClipboard, useDebouncedValue } from '@mantine/hooks';
import {
  IconArrowDown,
  IconArrowUp,
  IconCheck,
  IconCopy,
  IconDownload,
  IconPlayerPause,
  IconPlayerPlay,
  IconSearch,
} from '@tabler/icons-react';
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { type LogFilter, noLogFilter } from '../../../shared/contract/logs.ts';
import { orpc, useLive } from '../../rpc.ts';
import { strings } from '../../strings/logs.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { GatedIcon } from '../../ui/GatedButton.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { saveBlob } from '../../ui/saveBlob.ts';
import { LogFilters } from './LogFilters.tsx';
import { LogLine } from './LogLine.tsx';
import { LogList } from './LogList.tsx';
import { mostLines } from './logBook.ts';
import { isHit } from './logSearch.ts';
import classes from './logs.module.css';
import { fileName, fileText } from './logText.ts';
import { useLogs } from './useLogs.ts';
import { useNewLines } from './useNewLines.ts';
import { useSeenWords } from './useSeenWords.ts';

const none: readonly never[] = [];

/** Filters and search above, the lines below them, the selected line at the bottom. */
export function LogView({ device }: { device: DeviceSummary }) {
  const [filter, setFilter] = useState<LogFilter>(noLogFilter);
  const [asked] = useDebouncedValue(filter, 300);
  const [wanted, setWanted] = useState('');
  const [onlyHits, setOnlyHits] = useState(false);
  const [selected, setSelected] = useState<string>();
  const [following, setFollowing] = useState(true);
  const search = useRef<HTMLInputElement>(null);
  const clipboard = useClipboard({ timeout: 1500 });

  const { book, problem, loadingOlder, olderProblem, loadOlder, restart } = useLogs(device.id, asked);
  const timeline = useLive(orpc.device.timeline, { id: device.id }).data;
  const revisions = useMemo(() => timeline?.revisions.map(({ revision }) => revision) ?? none, [timeline]);
  const entries = book?.entries ?? none;
  const seen = useSeenWords(entries, revisions);
  const needle = wanted.trim();
  const hits = useMemo(() => (needle === '' ? none : entries.filter((entry) => isHit(entry, needle))), [entries, needle]);
  const narrowed = needle !== '' && onlyHits;
  const shown = narrowed ? hits : entries;
  const fresh = useNewLines(shown, following);
  const line = selected === undefined ? undefined : shown.find(({ id }) => id === selected);
  const hitIndex = hits.findIndex(({ id }) => id === selected);
  const filtered = asked !== noLogFilter && JSON.stringify(asked) !== JSON.stringify(noLogFilter);
  const live = asked.before === undefined;

  const select = (id: string | undefined) => {
    setSelected(id);
    if (id !== undefined) setFollowing(false);
  };
  /** Other lines: the newest of them first. */
  const narrow = (next: LogFilter) => {
    setFilter(next);
    setSelected(undefined);
    setFollowing(true);
  };
  /** From the selected line to the next one that has it; from the newest at first, because that is where people look. */
  const step = (by: 1 | -1) => {
    const at = hitIndex < 0 ? (by === -1 ? hits.length - 1 : 0) : (hitIndex + by + hits.length) % hits.length;
    const hit = hits[at];
    if (hit !== undefined) select(hit.id);
  };
  const onTop = useCallback(() => {
    if (!narrowed && olderProblem === undefined) loadOlder();
  }, [narrowed, olderProblem, loadOlder]);
  const text = () => fileText(shown);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    search.current?.select();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+F goes to the search from anywhere in the log
    <div className={classes.tab} onKeyDown={onKeyDown}>
      <div className={classes.bar}>
        <TextInput
          ref={search}
          className={classes.search ?? ''}
          aria-label={strings.search}
          placeholder={strings.searchPlaceholder}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && step(event.shiftKey ? 1 : -1)}
          leftSection={<IconSearch size={14} aria-hidden />}
        />
        {needle !== '' && (
          <span className={classes.found} role="status">
            {hits.length === 0 ? strings.noHits : strings.hits(hitIndex < 0 ? 0 : hitIndex + 1, hits.length)}
            <GatedIcon
              label={strings.previousHit}
              reason={hits.length === 0 ? strings.noHits : undefined}
              onClick={() => step(-1)}
            >
              <IconArrowUp size={14} aria-hidden />
            </GatedIcon>
            <GatedIcon label={strings.nextHit} reason={hits.length === 0 ? strings.noHits : undefined} onClick={() => step(1)}>
              <IconArrowDown size={14} aria-hidden />
            </GatedIcon>
            <Checkbox
              label={strings.onlyHits}
              checked={onlyHits}
              onChange={(event) => setOnlyHits(event.currentTarget.checked)}
            />
          </span>
        )}
        <LogFilters filter={filter} onChange={narrow} seen={seen} />
        {filtered && (
          <Button variant="subtle" color="gray" onClick={() => narrow(noLogFilter)}>
            {strings.clearFilters}
          </Button>
        )}
      </div>
      {problem !== undefined && (
        <div className={classes.problem}>
          <ProblemPanel problem={problem}>
            <Button onClick={restart}>{strings.retry}</Button>
          </ProblemPanel>
        </div>
      )}
      <div className={classes.rest}>
        {shown.length === 0 ? (
          <Nothing reading={book === undefined && problem === undefined} filtered={filtered} narrowed={narrowed} />
        ) : (
          <LogList
            entries={shown}
            wanted={needle}
            selected={selected}
            onSelect={select}
            following={following}
            onFollow={setFollowing}
            onTop={onTop}
          />
        )}
        {!following && fresh > 0 && (
          <Button
            className={classes.newLines ?? ''}
            variant="filled"
            rightSection={<IconArrowDown size={14} aria-hidden />}
            onClick={() => setFollowing(true)}
          >
            {strings.newLines(fresh)}
          </Button>
        )}
      </div>
      {line !== undefined && <LogLine entry={line} onClose={() => setSelected(undefined)} />}
      <div className={classes.foot}>
        <span className={classes.dim}>
          {strings.lines(shown.length)}
          {book?.heardAt !== undefined && live && (
            <>
              {' '}
              · {strings.asked} <RelativeTime at={book.heardAt} />
            </>
          )}
        </span>
        {loadingOlder ? (
          <span className={classes.dim} role="status">
            {strings.loadingOlder}
          </span>
        ) : book?.older !== undefined ? (
          <Button size="compact-xs" onClick={loadOlder}>
            {narrowed ? strings.searchOlder : strings.loadOlder}
          </Button>
        ) : (
          shown.length > 0 && <span className={classes.dim}>{strings.beginning}</span>
        )}
        {olderProblem !== undefined && <span className={classes.failed}>{olderProblem.what}</span>}
        {book?.reachesNow === false && (
          <>
            <span className={classes.dim}>{strings.most(mostLines)}</span>
            <Button
              size="compact-xs"
              onClick={() => {
                setFollowing(true);
                restart();
              }}
            >
              {strings.toNewest}
            </Button>
          </>
        )}
        <span className={classes.spring} />
        <GatedIcon
          label={strings.copy}
          reason={shown.length === 0 ? strings.empty : undefined}
          onClick={() => clipboard.copy(text())}
        >
          {clipboard.copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        </GatedIcon>
        <GatedIcon
          label={strings.save}
          reason={shown.length === 0 ? strings.empty : undefined}
          onClick={() => saveBlob(new Blob([text()], { type: 'text/plain' }), fileName(device.name, Date.now()))}
        >
          <IconDownload size={14} aria-hidden />
        </GatedIcon>
        {live && (
          <Button
            size="compact-xs"
            title={strings.following}
            leftSection={following ? <IconPlayerPause size={12} aria-hidden /> : <IconPlayerPlay size={12} aria-hidden />}
            onClick={() => setFollowing(!following)}
          >
            {following ? strings.pause : strings.follow}
          </Button>
        )}
      </div>
    </div>
  );
}

function Nothing({ reading, filtered, narrowed }: { reading: boolean; filtered: boolean; narrowed: boolean }) {
  if (reading) return <p className={classes.note}>{strings.reading}</p>;
  if (narrowed) return <EmptyState sentence={strings.notFound} />;
  if (filtered) return <EmptyState sentence={strings.emptyFiltered} />;
  return (
    <EmptyState sentence={strings.empty}>
      <p className={classes.dim}>{strings.emptyHint}</p>
    </EmptyState>
  );
}
