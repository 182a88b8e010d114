import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { DeviceDetail, RevisionView, Timeline } from '../../../shared/contract/device.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/timeline.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ForecastSentence } from '../../ui/ForecastSentence.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { fallbackOf } from '../compare/fallback.ts';
import { useForecast } from '../compare/forecast/useForecast.ts';
import { useSinceBoot } from '../compare/forecast/useSinceBoot.ts';
import { lostOnFailure } from './lost.ts';
import classes from './TimelineTab.module.css';

interface RunAgainDialogProps {
  readonly detail: DeviceDetail;
  readonly timeline: Timeline;
  readonly target: RevisionView;
  readonly onClose: () => void;
}

/** Asks before the device goes to a revision that it has: with the forecast, and where a failure would take it back to. */
export function RunAgainDialog({ detail, timeline, target, onClose }: RunAgainDialogProps) {
  const { id, name, running } = detail.summary;
  const [, navigate] = useLocation();
  // Straight to the device the order needs SSH; without it the hub gets the state once more.
  const { ssh } = detail.summary.ways;
  const reached = ssh.kind === 'open' || (ssh.kind === 'silent' && ssh.heardAt !== undefined);
  const overHub = detail.summary.hub !== undefined && !reached;
  const state = (revision: string | undefined) =>
    orpc.device.state.queryOptions({
      input: revision === undefined ? skipToken : { id, revision },
      staleTime: 60_000,
    });
  const now = useQuery(state(running?.revision));
  const then = useQuery(state(target.revision));
  const sinceBoot = useSinceBoot(detail, true);
  const { forecast } = useForecast(now.data?.text, then.data?.text, sinceBoot.texts);
  const fallback = fallbackOf(detail, timeline);
  const lost = lostOnFailure(timeline, detail.rollbackTo, running?.revision);
  const unread = now.error ?? then.error;
  const run = useMutation(
    orpc.device.runRevision.mutationOptions({
      onSuccess: ({ updateId }) => {
        onClose();
        navigate(paths.update(id, updateId));
      },
    }),
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={strings.runTitle(target.revision, name)}
      confirm={strings.runConfirm}
      dangerous={forecast !== undefined && forecast.kind !== 'move'}
      busy={run.isPending}
      problem={run.error === null ? undefined : problemOf(run.error)}
      onConfirm={() => run.mutate({ id, revision: target.revision })}
    >
      {forecast !== undefined && <ForecastSentence forecast={forecast} fallback={fallback} />}
      {forecast === undefined && unread === null && (
        <p className={classes.dim}>{running === undefined ? strings.nothingRuns : strings.reading}</p>
      )}
      {unread !== null && <ProblemPanel problem={problemOf(unread)} />}
      {overHub && <p>{strings.runOverHub(target.revision)}</p>}
      {fallback === undefined && <p>{strings.noFallback}</p>}
      {lost.length > 0 && <p>{strings.lost(lost)}</p>}
      {target.running && target.checkpoint && <p>{strings.runsAlready}</p>}
      {!sinceBoot.complete && !sinceBoot.loading && <p className={classes.dim}>{strings.sinceBootUnknown}</p>}
    </ConfirmDialog>
  );
}
