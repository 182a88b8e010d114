import type { UpdateView } from '../../../shared/contract/update.ts';
import { strings as timeline } from '../../strings/timeline.ts';
import { CancelRevision } from '../timeline/CancelRevision.tsx';
import { hubOrderFor } from '../timeline/hubOrders.ts';
import { MarkWontgo } from '../timeline/MarkWontgo.tsx';

/** What can still be told the hub about a revision that was posted there: take it back while it waits, give it up later. */
export function HubOrders({ update }: { update: UpdateView }) {
  if (update.via !== 'hub' || update.kind !== 'post' || update.phase !== 'moving') return null;
  const order = hubOrderFor({ onHub: true, status: update.reports.at(-1)?.status ?? 'NEW' });
  if (order === undefined) return null;
  if (order === 'cancel') return <CancelRevision deviceId={update.deviceId} revision={update.revision} />;
  return (
    <MarkWontgo
      deviceId={update.deviceId}
      revision={update.revision}
      reason={order === 'wontgo' ? undefined : timeline.wontgoNotYet}
    />
  );
}
