import type { ContainerReport } from '../../../shared/contract/device.ts';
import type { ForecastRecord, UpdateView } from '../../../shared/contract/update.ts';
import { strings } from '../../strings/update.ts';
import { EffectBadge } from '../../ui/EffectBadge.tsx';
import { clockTime } from './clock.ts';
import classes from './update.module.css';

interface ContainersPanelProps {
  readonly update: UpdateView;
  /** What the device tells now, apart from the update; shown once that is over and it runs the revision. */
  readonly now: readonly ContainerReport[] | undefined;
  /** Whether the way is open that containers are told over. */
  readonly overSsh: boolean;
}

/** The containers as the device reports them now, and what the forecast said about each. */
export function ContainersPanel({ update, now, overSsh }: ContainersPanelProps) {
  const over = update.phase === 'ended' || update.phase === 'cancelled';
  const containers = update.containers ?? (over ? now : undefined) ?? [];
  if (over && containers.length === 0) return null;
  const move = update.forecast?.kind === 'move' && !over ? update.forecast : undefined;
  const perContainer = move?.transition === 'non-reboot' ? move : undefined;
  return (
    <section className={classes.panel} aria-labelledby="update-containers">
      <h2 id="update-containers" className={classes.panelTitle}>
        {!over ? strings.containers : update.containers === undefined ? strings.containersNow : strings.containersAtEnd}
        {!over && update.silentSince !== undefined && containers.length > 0 && (
          <span className={classes.aside}>{strings.asOf(clockTime(update.silentSince))}</span>
        )}
      </h2>
      {containers.length === 0 ? (
        <p className={classes.empty}>{overSsh ? strings.noContainers : strings.noContainersHttp}</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{strings.container}</th>
              <th scope="col">{strings.group}</th>
              <th scope="col">{strings.status}</th>
              {perContainer !== undefined && <th scope="col">{strings.inThisUpdate}</th>}
            </tr>
          </thead>
          <tbody>
            {containers.map((container) => (
              <tr key={container.name}>
                <th scope="row">{container.name}</th>
                <td>{container.group ?? ''}</td>
                <td>
                  <Status container={container} />
                </td>
                {perContainer !== undefined && (
                  <td>
                    <Part name={container.name} move={perContainer} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {move?.transition === 'reboot' && <p className={classes.dim}>{strings.allRestart}</p>}
    </section>
  );
}

function Status({ container }: { container: ContainerReport }) {
  const { status, statusGoal, autoRecovery } = container;
  const retries = autoRecovery?.currentRetries ?? 0;
  const there = statusGoal === undefined || status === statusGoal || (status === 'READY' && statusGoal === 'STARTED');
  return (
    <span className={classes.containerStatus}>
      <code>{status}</code>
      {!there && <span className={classes.dim}>{strings.goal(statusGoal)}</span>}
      {retries > 0 && <span className={classes.retries}>{strings.retries(retries, autoRecovery?.maxRetries ?? retries)}</span>}
    </span>
  );
}

function Part({ name, move }: { name: string; move: Extract<ForecastRecord, { kind: 'move' }> }) {
  if (move.restarts.includes(name)) return <EffectBadge effect="restart">{strings.restarts}</EffectBadge>;
  if (move.starts.includes(name)) return <EffectBadge effect="restart">{strings.starts}</EffectBadge>;
  if (move.stops.includes(name)) return <EffectBadge effect="restart">{strings.stops}</EffectBadge>;
  return <span className={classes.dim}>{strings.stays}</span>;
}
