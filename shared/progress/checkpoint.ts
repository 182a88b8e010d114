import { explain } from './explain.ts';

/** A revision on a device's trail, as far as its rollback is concerned. */
export interface TrailRevision {
  readonly name: string;
  readonly status: string;
  readonly running: boolean;
  /**
   * When it was last moved to, in milliseconds by one clock; undefined where nobody knows. The device's own `date` is when the revision
   * was stored, which is the same unless it was run again.
   */
  readonly movedAt: number | undefined;
}

export type Checkpoint =
  /** `lost`: the UPDATED revisions that a failure would throw away together with the new one, oldest first. */
  | { readonly kind: 'known'; readonly to: string; readonly lost: readonly string[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Where a failure of the next update would take the device: the last DONE revision, not the running one. A device that runs a
 * DONE revision comes back to that one. Revisions without a time keep the order in which they are given, before those with one.
 */
export function checkpointBefore(revisions: readonly TrailRevision[]): Checkpoint {
  const running = revisions.find((revision) => revision.running);
  if (running === undefined) return { kind: 'unknown', reason: 'It is not known which revision runs.' };
  if (isCheckpoint(running)) return { kind: 'known', to: running.name, lost: [] };
  const ordered = [...revisions].sort((a, b) => (a.movedAt ?? -1) - (b.movedAt ?? -1));
  const upToRunning = ordered.slice(0, ordered.indexOf(running));
  const checkpoint = upToRunning.findLastIndex(isCheckpoint);
  const to = upToRunning[checkpoint];
  if (to === undefined) return { kind: 'unknown', reason: 'No revision before the running one is a checkpoint.' };
  const since = [...upToRunning.slice(checkpoint + 1), running];
  return { kind: 'known', to: to.name, lost: since.filter(isUpdated).map(({ name }) => name) };
}

function isCheckpoint({ status }: TrailRevision): boolean {
  return explain(status, '').outcome === 'checkpoint';
}

function isUpdated({ status }: TrailRevision): boolean {
  return explain(status, '').outcome === 'stable';
}
