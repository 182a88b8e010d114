import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { DeviceDetail } from '../../../shared/contract/device.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
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
import { useOlder } from './useOlder.ts';

const none: Selection = [];

/** The revisions that the device went through, and what can be done with one or two of them. */
export function TimelineTab({ detail }: { detail: DeviceDetail }) {
  const { id } = detail.summary;
  const { data: timeline, error } = useLive(orpc.device.timeline, { id });
  const [chosen, setChosen] = useState<Selection>(none);
  const [active, setActive] = useState<string>();
  const older = useOlder(id);
  const revisions = timeline?.revisions;
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
      <TimelineBar detail={detail} timeline={timeline} selection={selection}>
        {selection.length > 0 && <Button onClick={() => setChosen(none)}>{strings.clear}</Button>}
      </TimelineBar>
      <div className={classes.rest}>
        <SplitPane
          name="inspector"
          label={strings.resizeInspector}
          fixed="second"
          defaultWidth={340}
          first={
            <TimelineList
              older={timeline.older}
              olderRevisions={older}
              revisions={revisions}
              silentSince={detail.summary.silentSince}
              selection={selection}
              active={active}
              onChange={(next, at) => {
                setChosen(next);
                setActive(at);
              }}
            />
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
