import { Button, CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import type { DeviceDetail } from '../../../shared/contract/device.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { useShortcuts } from '../../stores/shortcuts.ts';
import { strings } from '../../strings/timeline.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { MissingWay } from '../device/MissingWay.tsx';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { RevisionInspector } from './RevisionInspector.tsx';
import { type Selection, stillThere } from './selection.ts';
import { TimelineBar } from './TimelineBar.tsx';
import { TimelineList } from './TimelineList.tsx';
import classes from './TimelineTab.module.css';
import { searchTimeline } from './timelineSearch.ts';
import { useOlder } from './useOlder.ts';

const none: Selection = [];

/** The revisions that the device went through, and what can be done with one or two of them. */
export function TimelineTab({ detail }: { detail: DeviceDetail }) {
  const { id } = detail.summary;
  const { data: timeline, error } = useLive(orpc.device.timeline, { id });
  const [chosen, setChosen] = useState<Selection>(none);
  const [active, setActive] = useState<string>();
  const [search, setSearch] = useState('');
  const searchBox = useRef<HTMLInputElement>(null);
  const older = useOlder(id);
  const revisions = timeline?.revisions;
  const found = useMemo(() => searchTimeline(revisions ?? [], search), [revisions, search]);
  useShortcuts(
    strings.timeline,
    useMemo(() => [{ keys: '/', label: strings.keys.search, run: () => searchBox.current?.focus() }], []),
  );
  const selection = useMemo(() => stillThere(chosen, revisions?.map(({ revision }) => revision) ?? []), [chosen, revisions]);

  if (error !== null) {
    return (
      <div className={classes.problem}>
        <ProblemPanel problem={problemOf(error)} />
      </div>
    );
  }
  if (timeline === undefined || revisions === undefined) return <ScreenLoading />;
  // Without SSH only the running state is known, unless the device told its timeline before.
  const onlyRunning = timeline.heardAt === undefined && revisions.length <= 1;
  if (onlyRunning && !detail.capabilities.readTimeline) {
    return (
      <MissingWay
        device={detail.summary}
        name="ssh"
        lead={detail.summary.hub === undefined ? strings.noTimeline : strings.noTimelineHub}
      />
    );
  }
  if (revisions.length === 0) return <EmptyState sentence={strings.empty} />;
  const [only] = selection;
  const inspected = selection.length === 1 ? revisions.find(({ revision }) => revision === only) : undefined;
  return (
    <div className={classes.tab}>
      <TimelineBar detail={detail} timeline={timeline} selection={selection} shown={found.length}>
        {selection.length > 0 && <Button onClick={() => setChosen(none)}>{strings.clear}</Button>}
        <TextInput
          ref={searchBox}
          className={classes.search ?? ''}
          aria-label={strings.search}
          placeholder={strings.searchPlaceholder}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && setSearch('')}
          leftSection={<IconSearch size={14} aria-hidden />}
          rightSection={search !== '' && <CloseButton size="xs" aria-label={strings.clearSearch} onClick={() => setSearch('')} />}
        />
      </TimelineBar>
      <div className={classes.rest}>
        <SplitPane
          name="inspector"
          label={strings.resizeInspector}
          fixed="second"
          defaultWidth={340}
          first={
            found.length === 0 ? (
              <EmptyState sentence={timeline.older ? strings.noneMatchOlder(search) : strings.noneMatch(search)}>
                {timeline.older && (
                  <Button loading={older.loading} onClick={older.load}>
                    {strings.loadOlder}
                  </Button>
                )}
                <Button onClick={() => setSearch('')}>{strings.clearSearch}</Button>
              </EmptyState>
            ) : (
              <TimelineList
                older={timeline.older}
                olderRevisions={older}
                revisions={found}
                silentSince={detail.summary.silentSince}
                selection={selection}
                active={active}
                onChange={(next, at) => {
                  setChosen(next);
                  setActive(at);
                }}
              />
            )
          }
          second={
            inspected === undefined ? undefined : (
              <RevisionInspector device={detail.summary} revision={inspected} onClose={() => setChosen(none)} />
            )
          }
        />
      </div>
    </div>
  );
}
