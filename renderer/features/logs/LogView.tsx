import { Button, SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { skipToken, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { type LogFilter, type LogOrigin, noLogFilter } from '../../../shared/contract/logs.ts';
import { orpc, useLive } from '../../rpc.ts';
import { strings } from '../../strings/logs.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { HubFilters } from './HubFilters.tsx';
import { LogLines } from './LogLines.tsx';
import { type LocalFilter, noLocalFilter } from './localFilter.ts';
import type { LogChoice } from './logFeed.ts';
import classes from './logs.module.css';
import { SshFilters } from './SshFilters.tsx';
import { useLogFeed } from './useLogFeed.ts';

interface LogViewProps {
  readonly device: DeviceSummary;
  readonly from: LogOrigin;
  /** The ways that a person can choose from. */
  readonly origins: readonly LogOrigin[];
  readonly onFrom: (from: LogOrigin) => void;
}

/** One device's log, from the device itself or from its hub: what is shown of it above, the lines below. */
export function LogView({ device, from, origins, onFrom }: LogViewProps) {
  const [filter, setFilter] = useState<LogFilter>(noLogFilter);
  const [local, setLocal] = useState<LocalFilter>(noLocalFilter);
  const [revision, setRevision] = useState<string>();
  const [asked] = useDebouncedValue(filter, 300);
  const isSsh = from === 'ssh';
  const { id } = device;
  const choice = useMemo<LogChoice>(
    () => (isSsh ? { id, from, filter: noLogFilter, revision } : { id, from, filter: asked }),
    [id, from, isSsh, asked, revision],
  );
  const { feed, state } = useLogFeed(choice);
  const sources = useQuery(orpc.logs.sources.queryOptions({ input: isSsh ? { id } : skipToken, retry: false }));
  const timeline = useLive(orpc.device.timeline, isSsh ? skipToken : { id }).data;
  const files = sources.data?.files ?? none;
  const running = sources.data?.running;
  const here = useMemo(() => files.filter((file) => file.revision === (revision ?? running)), [files, revision, running]);
  const refresh = () => void sources.refetch();
  const isNarrowed = isSsh ? local !== noLocalFilter : JSON.stringify(filter) !== JSON.stringify(noLogFilter);
  const clearFilters = () => {
    setFilter(noLogFilter);
    setLocal(noLocalFilter);
  };

  const filters = (
    <>
      {origins.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={strings.from}
          value={from}
          onChange={(value) => onFrom(value === 'ssh' ? 'ssh' : 'hub')}
          data={origins.map((value) => ({ value, label: strings.origins[value] }))}
        />
      )}
      {isSsh ? (
        <SshFilters
          filter={local}
          onChange={(next) => setLocal(next.files.length + next.levels.length === 0 ? noLocalFilter : next)}
          files={files}
          running={running}
          revision={revision}
          onRevision={(next) => {
            setRevision(next);
            setLocal({ ...local, files: [] });
          }}
          onOpen={refresh}
        />
      ) : (
        <HubFilters
          filter={filter}
          onChange={setFilter}
          buffer={feed?.buffer}
          revisions={timeline?.revisions.map((each) => each.revision) ?? none}
        />
      )}
      {isNarrowed && (
        <Button variant="subtle" color="gray" onClick={clearFilters}>
          {strings.clearFilters}
        </Button>
      )}
    </>
  );
  const problem =
    state.kind === 'failed' ? (
      <div className={classes.problem}>
        <ProblemPanel problem={state.problem}>
          <Button onClick={() => feed?.open()}>{strings.retry}</Button>
        </ProblemPanel>
      </div>
    ) : undefined;
  if (feed === undefined) return <p className={classes.note}>{strings.reading}</p>;
  return (
    <LogLines
      device={device}
      feed={feed}
      state={state}
      local={local}
      isSsh={isSsh}
      isFiltered={isNarrowed}
      filters={filters}
      problem={problem}
      files={here}
      onFiles={refresh}
    />
  );
}

const none: readonly never[] = [];
