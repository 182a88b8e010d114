import { Button } from '@mantine/core';
import { IconGitCompare, IconPencilPlus, IconPlayerPlay } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { DeviceDetail, RevisionView, Timeline } from '../../../shared/contract/device.ts';
import { paths } from '../../routes/paths.ts';
import { type PaletteAction, usePaletteActions } from '../../stores/palette.ts';
import { useShortcuts } from '../../stores/shortcuts.ts';
import { strings } from '../../strings/timeline.ts';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { whyNot } from '../device/reasons.ts';
import { useDraftStart } from '../device/useDraftStart.ts';
import { hubOrderFor } from './hubOrders.ts';
import { RunAgainDialog } from './RunAgainDialog.tsx';
import { olderFirst, type Selection } from './selection.ts';
import classes from './TimelineTab.module.css';

interface TimelineBarProps {
  readonly detail: DeviceDetail;
  readonly timeline: Timeline;
  readonly selection: Selection;
  /** How many of its revisions the search leaves. */
  readonly shown: number;
  /** Stands at the end. */
  readonly children: ReactNode;
}

/** What can be done with what is selected. It is always there, so that selecting moves nothing. */
export function TimelineBar({ detail, timeline, selection, shown, children }: TimelineBarProps) {
  const { id, running, update } = detail.summary;
  const [, navigate] = useLocation();
  const [runs, setRuns] = useState<string>();
  const { start, busy } = useDraftStart(id);

  const order = timeline.revisions.map(({ revision }) => revision);
  const [one] = selection;
  const single = selection.length === 1 ? one : undefined;
  const compared = comparedOf(selection, single, running?.revision, order);
  const target = timeline.revisions.find(({ revision }) => revision === runs);
  const noRun = noRunReason(
    detail,
    timeline.revisions.find(({ revision }) => revision === single),
    update?.revision,
  );
  const [a, b] = compared ?? [];

  usePaletteActions(
    'timeline',
    useMemo((): readonly PaletteAction[] => {
      const comparing =
        a === undefined || b === undefined
          ? []
          : [{ id: 'compare', label: strings.compare(a, b), icon: IconGitCompare, run: () => navigate(paths.compare(id, a, b)) }];
      if (single === undefined) return comparing;
      return [
        ...comparing,
        { id: 'draft', label: strings.draftFrom(single), icon: IconPencilPlus, run: () => start(single) },
        ...(noRun === undefined
          ? [{ id: 'run', label: strings.runAgain(single), icon: IconPlayerPlay, run: () => setRuns(single) }]
          : []),
      ];
    }, [a, b, single, noRun, id, navigate, start]),
  );

  useShortcuts(
    strings.timeline,
    useMemo(
      () => [
        ...(a === undefined || b === undefined
          ? []
          : [{ keys: 'C', label: strings.keys.compare, run: () => navigate(paths.compare(id, a, b)) }]),
        ...(single === undefined ? [] : [{ keys: 'D', label: strings.keys.draft, run: () => start(single) }]),
        ...(single === undefined || noRun !== undefined
          ? []
          : [{ keys: 'R', label: strings.keys.run, run: () => setRuns(single) }]),
      ],
      [a, b, single, noRun, id, navigate, start],
    ),
  );

  return (
    <div className={classes.bar}>
      <span className={classes.count}>
        {shown === order.length ? strings.count(order.length) : strings.shownOf(shown, order.length)}
        {timeline.heardAt !== undefined && (
          <>
            {' '}
            · {strings.heard} <RelativeTime at={timeline.heardAt} />
          </>
        )}
      </span>
      {selection.length === 0 && <span className={classes.hint}>{strings.hint}</span>}
      {compared !== undefined && (
        <Button
          variant={single === undefined ? 'filled' : 'default'}
          leftSection={<IconGitCompare size={14} aria-hidden />}
          title={strings.compare(...compared)}
          onClick={() => navigate(paths.compare(id, ...compared))}
        >
          {single === undefined ? strings.compareButton : strings.compareWithRunning}
        </Button>
      )}
      {single !== undefined && (
        <>
          <Button
            leftSection={<IconPencilPlus size={14} aria-hidden />}
            loading={busy}
            title={strings.draftFrom(single)}
            onClick={() => start(single)}
          >
            {strings.draftButton}
          </Button>
          <GatedButton reason={noRun} leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => setRuns(single)}>
            {strings.runButton}
          </GatedButton>
        </>
      )}
      {children}
      {target !== undefined && (
        <RunAgainDialog detail={detail} timeline={timeline} target={target} onClose={() => setRuns(undefined)} />
      )}
    </div>
  );
}

/** Two selected ones, older first; or the running one against the single selected one. */
function comparedOf(
  selection: Selection,
  single: string | undefined,
  running: string | undefined,
  order: readonly string[],
): readonly [string, string] | undefined {
  if (single === undefined) return olderFirst(selection, order);
  return running === undefined || running === single ? undefined : [running, single];
}

function noRunReason(detail: DeviceDetail, target: RevisionView | undefined, moving: string | undefined): string | undefined {
  const closed = whyNot(detail, 'runRevision');
  if (closed !== undefined) return closed;
  if (moving !== undefined) return strings.isMoving(moving);
  return target !== undefined && hubOrderFor(target) === 'cancel' ? strings.notOnDevice : undefined;
}
