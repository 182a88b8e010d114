import type { RevisionView } from '../../../shared/contract/device.ts';
import { explain } from '../../../shared/progress/explain.ts';

/**
 * What its owner can tell the hub about a revision: a waiting one (NEW) can be cancelled, one on its way can be given up, which the hub
 * takes only while it is INPROGRESS (hub: trails/put-trail-rev-cancel.go).
 */
export type HubOrder = 'cancel' | 'wontgo' | 'wontgo-not-yet';

export function hubOrderFor({ onHub, status }: Pick<RevisionView, 'onHub' | 'status'>): HubOrder | undefined {
  if (!onHub || status === '' || explain(status, '').final) return undefined;
  if (status === 'NEW') return 'cancel';
  return status === 'INPROGRESS' ? 'wontgo' : 'wontgo-not-yet';
}
