import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { reachStrings as strings } from '../../strings/fleet.ts';

type Reach = Pick<DeviceSummary, 'connection' | 'ways' | 'running'>;

/** Why a device can't be given an order now, which takes SSH (pv-ctrl); undefined when it can. */
export function whyNoOrder({ connection, ways }: Reach): string | undefined {
  if (connection === null) return strings.hubOnly;
  switch (ways.ssh.kind) {
    case 'open':
      return undefined;
    case 'not-configured':
      return strings.noSsh;
    case 'connecting':
      return strings.connecting;
    case 'silent':
      return strings.silent;
    case 'blocked':
      return strings.blocked;
  }
}

/** Why no draft of what a device runs can be begun; undefined when one can. What was read once is enough. */
export function whyNoDraft({ running, ways }: Reach): string | undefined {
  const open = Object.values(ways).some(({ kind }) => kind === 'open');
  return open || running !== undefined ? undefined : strings.neverRead;
}

/** Whether "why can't I reach it?" is a question: a way that is set up is not open. */
export function isOutOfReach({ ways }: Pick<DeviceSummary, 'ways'>): boolean {
  return Object.values(ways).some(({ kind }) => kind === 'silent' || kind === 'blocked');
}
