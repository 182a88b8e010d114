import { explain } from './explain.ts';

/** A revision on a device's trail, as far as its rollback is concerned. Times in milliseconds, all by one clock. */
export interface TrailRevision {
  readonly name: string;
  readonly status: string;
  readonly running: boolean;
  /** When it was moved to, or at least stored (the device's `date`, which stays when a revision is run again). */
  readonly movedAt: number | undefined;
  /** When it was last heard to become DONE. Running a DONE revision again turns it UPDATED, though it stays the checkpoint. */
  readonly doneAt?: number | undefined;
}

export type Checkpoint =
  | {
      readonly kind: 'known';
      readonly to: string;
      /** The UPDATED revisions that a failure would leave behind together with the new one, oldest first. */
      readonly lost: readonly string[];
      /** False where it follows from the order in which revisions were stored alone: an older one may have been run again since. */
      readonly certain: boolean;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Where a failure of the next update would take the device: to the revision that became DONE last, which need not be the running one
 * (seen on a device, recordings 01c and 10e). Revisions without a time count as older than all others, in the order given.
 */
export function checkpointBefore(revisions: readonly TrailRevision[]): Checkpoint {
  const running = revisions.find((revision) => revision.running);
  if (running === undefined) return { kind: 'unknown', reason: 'It is not known which revision runs.' };
  if (isDone(running)) return { kind: 'known', to: running.name, lost: [], certain: true };
  const reached = revisions
    .filter((revision) => isDone(revision) || revision.doneAt !== undefined)
    .sort((a, b) => doneTime(a) - doneTime(b));
  const checkpoint = reached.at(-1);
  if (checkpoint === undefined) return { kind: 'unknown', reason: 'No revision of this device is known to be a checkpoint.' };
  const lost = checkpoint === running ? [] : lostSince(checkpoint, running, revisions);
  return { kind: 'known', to: checkpoint.name, lost, certain: checkpoint.doneAt !== undefined };
}

function lostSince(checkpoint: TrailRevision, running: TrailRevision, revisions: readonly TrailRevision[]): readonly string[] {
  return revisions
    .filter((revision) => isUpdated(revision) && revision !== checkpoint)
    .filter((revision) => revision === running || moveTime(revision) > doneTime(checkpoint))
    .sort((a, b) => Number(a === running) - Number(b === running) || moveTime(a) - moveTime(b))
    .map(({ name }) => name);
}

function doneTime({ doneAt, movedAt }: TrailRevision): number {
  return doneAt ?? movedAt ?? -1;
}

function moveTime({ movedAt }: TrailRevision): number {
  return movedAt ?? -1;
}

function isDone({ status }: TrailRevision): boolean {
  return explain(status, '').outcome === 'checkpoint';
}

function isUpdated({ status }: TrailRevision): boolean {
  return explain(status, '').outcome === 'stable';
}
