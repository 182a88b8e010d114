import { skipToken } from '@tanstack/react-query';
import { useParams } from 'wouter';
import { UpdateId } from '../../../shared/contract/ids.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { LogStrip } from '../logs/LogStrip.tsx';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { ConflictPanel } from './ConflictPanel.tsx';
import { ContainersPanel } from './ContainersPanel.tsx';
import { withDeviceHeard } from './deviceHeard.ts';
import { OffHubOffer } from './OffHubOffer.tsx';
import { Outcome } from './Outcome.tsx';
import { ReportsPanel } from './ReportsPanel.tsx';
import { Stalled } from './Stalled.tsx';
import { Stepper } from './Stepper.tsx';
import { UpdateHeader } from './UpdateHeader.tsx';
import classes from './update.module.css';

/** One update from its first byte to its end. Everything shown comes from the backend, so a reload loses nothing. */
export function UpdateScreen() {
  const { updateId } = useParams<{ updateId: string }>();
  const id = UpdateId.safeParse(updateId);
  const live = useLive(orpc.update.watch, id.success ? { updateId: id.data } : skipToken);
  const update = live.data;
  const device = useLive(orpc.device.watch, update === undefined ? skipToken : { id: update.deviceId });

  if (update === undefined) {
    return live.error === null ? (
      <ScreenLoading />
    ) : (
      <div className={classes.alone}>
        <ProblemPanel problem={problemOf(live.error)} />
      </div>
    );
  }
  const quicker = update.phase === 'interrupted' && update.problem?.code === 'CONFLICT' ? update.problem.quicker : undefined;
  const runs = device.data?.summary.running?.revision === update.revision;
  return (
    <div className={classes.screen}>
      <UpdateHeader update={update} device={device.data?.summary} />
      <div className={classes.body}>
        {update.outcome !== undefined && <Outcome update={update} />}
        <OffHubOffer update={update} device={device.data?.summary} />
        {quicker !== undefined && <ConflictPanel update={update} quicker={quicker} />}
        {update.problem !== undefined && quicker === undefined && <ProblemPanel problem={update.problem} />}
        <Stalled update={update} />
        <div className={classes.columns}>
          <Stepper update={withDeviceHeard(update, device.data?.summary)} />
          <div className={classes.side}>
            <ContainersPanel
              update={update}
              now={runs ? device.data?.containers?.list : undefined}
              overSsh={device.data?.capabilities.readContainers !== false}
            />
            <ReportsPanel reports={update.reports} />
          </div>
        </div>
        {device.data !== undefined && <LogStrip device={device.data.summary} />}
      </div>
    </div>
  );
}
