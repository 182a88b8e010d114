import type { DraftSummary } from '../../../shared/contract/draft.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import type { AccountId } from '../../../shared/contract/hub.ts';

/** What signing out of an account takes out of the fleet, and what stays. */
export interface Leaving {
  /** Devices that are known only from there. */
  readonly devices: number;
  /** Drafts of those. */
  readonly drafts: number;
  /** Devices of the account that have an address on the local network too. */
  readonly staying: number;
}

export function leavingWith(account: AccountId, fleet: Iterable<DeviceSummary>, drafts: readonly DraftSummary[]): Leaving {
  const own = [...fleet].filter(({ hub }) => hub?.accountId === account);
  const leaving = new Set<string>(own.filter(({ connection }) => connection === null).map(({ id }) => id));
  return {
    devices: leaving.size,
    drafts: drafts.filter(({ deviceId }) => leaving.has(deviceId)).length,
    staying: own.length - leaving.size,
  };
}
