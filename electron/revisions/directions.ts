import type { Via, WayStatus } from '../../shared/contract/connection.ts';
import type { PostPlan } from '../../shared/contract/update.ts';
import { hubNumber } from '../../shared/state/ids.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import { metaText } from '../fleet/observed.ts';

export type Direction = PostPlan['directions'][number];

/** The directions that a revision can be posted in, each with why it is closed. */
export function directionsOf(watch: Pick<DeviceWatch, 'link' | 'ways' | 'record'>): readonly Direction[] {
  const { link, ways, record } = watch;
  const has = { lan: record.connection !== null, hub: record.hub !== undefined };
  return (['lan', 'hub'] as const).flatMap((via) => {
    if (!has[via]) return [];
    if (link.by(via)?.capabilities.postRevision) return [{ via }];
    return [{ via, closed: reason(via === 'hub' ? [ways.hub] : [ways.ssh, ways.http]) ?? unheard[via] }];
  });
}

const unheard: Readonly<Record<Via, string>> = {
  lan: 'The device does not answer on the local network.',
  hub: 'The hub was not heard yet.',
};

function reason(ways: readonly WayStatus[]): string | undefined {
  for (const way of ways) if ((way.kind === 'blocked' || way.kind === 'silent') && way.problem) return way.problem.what;
  return undefined;
}

/** Whether the device runs a local revision: it does not ask its hub then (pantavisor, `remote_mode`). */
export function runsLocally(watch: Pick<DeviceWatch, 'observed' | 'record'>): boolean {
  const { running, deviceMeta } = watch.observed;
  if (running !== undefined) return hubNumber(running) === undefined;
  return metaText(deviceMeta, 'pantavisor.mode') === 'local';
}

/** The way that suggests itself, and why: the one that the running revision came by, where it is open. */
export function suggestedDirection(directions: readonly Direction[], cameLocally: boolean): PostPlan['suggested'] {
  const wanted: Via = cameLocally ? 'lan' : 'hub';
  const open = directions.filter(({ closed }) => closed === undefined);
  const choices = open.length > 0 ? open : directions;
  if (choices.some(({ via }) => via === wanted)) return { via: wanted, because: 'came-this-way' };
  return { via: choices[0]?.via ?? 'lan', because: 'other-closed' };
}
