import type { ContainerReport } from '../../../shared/contract/device.ts';
import type { ForecastRecord, UpdateView } from '../../../shared/contract/update.ts';
import { EffectBadge } from '../../ui/EffectBadge.tsx';
import { strings } from './strings.ts';
import classes from './update.module.css';

interface ContainersPanelProps {
  readonly update: UpdateView;
  /** Whether the way is open that containers are told over. */
  readonly overSsh: boolean;
}

/** The containers as the device reports them now, and what the forecast said about each. */
export function ContainersPanel({ update, overSsh }: ContainersPanelProps) {
  const containers = update.containers ?? [];
  return (
    <section className={classes.panel} aria-labelledby="update-containers">
      <h2 id="update-containers" className={classes.panelTitle}>
        {strings.containers}
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
              <th scope="col">{strings.inThisUpdate}</th>
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
                <td>
                  <Part name={container.name} forecast={update.forecast} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
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

function Part({ name, forecast }: { name: string; forecast: ForecastRecord | undefined }) {
  if (forecast?.kind !== 'move') return null;
  if (forecast.transition === 'reboot') return <EffectBadge effect="reboot" />;
  if (forecast.restarts.includes(name)) return <EffectBadge effect="restart">{strings.restarts}</EffectBadge>;
  if (forecast.starts.includes(name)) return <EffectBadge effect="restart">{strings.starts}</EffectBadge>;
  if (forecast.stops.includes(name)) return <EffectBadge effect="restart">{strings.stops}</EffectBadge>;
  return <EffectBadge effect="none" />;
}
