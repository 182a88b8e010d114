import type { WayStatus } from '../../../shared/contract/connection.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import type { LogOrigin } from '../../../shared/contract/logs.ts';

/** Open, or silent after it was: a device that reboots comes back. */
function isKnownToWork(way: WayStatus): boolean {
  return way.kind === 'open' || (way.kind === 'silent' && way.heardAt !== undefined);
}

/** Where a device's log can be read now, the best first: the device itself, then its hub. */
export function logOrigins({ ways, hub }: Pick<DeviceSummary, 'ways' | 'hub'>): readonly LogOrigin[] {
  const origins: LogOrigin[] = [];
  if (isKnownToWork(ways.ssh)) origins.push('ssh');
  if (hub !== undefined && isKnownToWork(ways.hub)) origins.push('hub');
  return origins;
}
