import { checkpointBefore } from '../../shared/progress/checkpoint.ts';
import { inTrailOrder } from '../../shared/progress/trail-order.ts';
import type { RevisionName } from '../../shared/state/ids.ts';
import type { StepReport } from '../sources/source.ts';

/** Oldest first (shared/progress/trail-order.ts). */
export function byDate(steps: readonly StepReport[]): readonly StepReport[] {
  return inTrailOrder(steps);
}

/**
 * Where a failure takes the device back to, and what would be lost (shared/progress/checkpoint.ts). `doneAt` tells when revisions were
 * seen from here to become DONE, as instants; the others count from the device's date of them, by a clock that is `clockAhead`
 * milliseconds ahead of this computer's.
 */
export function rollbackTarget(
  steps: readonly StepReport[],
  running: RevisionName | undefined,
  doneAt: ReadonlyMap<string, number> = new Map(),
  clockAhead = 0,
): { readonly to: string | undefined; readonly lost: readonly string[] } {
  const checkpoint = checkpointBefore(
    byDate(steps).map((step) => ({
      name: step.name,
      status: step.progress?.status ?? '',
      running: step.name === running,
      movedAt: instantOf(step.date),
      doneAt: byItsClock(doneAt.get(step.name), clockAhead),
    })),
  );
  return checkpoint.kind === 'known' ? checkpoint : { to: undefined, lost: [] };
}

function byItsClock(instant: number | undefined, clockAhead: number): number | undefined {
  return instant === undefined ? undefined : instant + clockAhead;
}

function instantOf(date: string | undefined): number | undefined {
  const instant = Date.parse(date ?? '');
  return Number.isNaN(instant) ? undefined : instant;
}

/**
 * The revisions that the device went through without a reboot since it booted, oldest first and without the running one:
 * it booted into the last DONE, and each UPDATED since came without a reboot. As far as the timeline tells.
 */
export function sinceBoot(steps: readonly StepReport[], running: RevisionName | undefined): readonly RevisionName[] {
  const runningStep = steps.find((step) => step.name === running);
  if (runningStep?.progress?.status !== 'UPDATED') return [];
  const upToRunning = stepsUpTo(steps, running);
  const booted = upToRunning.findLastIndex((step) => step.progress?.status === 'DONE');
  return upToRunning
    .slice(Math.max(booted, 0))
    .filter((step) => step.name !== running && (step.progress?.status === 'UPDATED' || step.progress?.status === 'DONE'))
    .map((step) => step.name);
}

/** The newest revision that ended badly and that no later one made good. */
export function lastFailure(steps: readonly StepReport[]): StepReport | undefined {
  const newest = byDate(steps).findLast((step) => ['DONE', 'UPDATED', 'ERROR', 'WONTGO'].includes(step.progress?.status ?? ''));
  return newest?.progress?.status === 'ERROR' || newest?.progress?.status === 'WONTGO' ? newest : undefined;
}

function stepsUpTo(steps: readonly StepReport[], running: RevisionName | undefined): readonly StepReport[] {
  const ordered = byDate(steps);
  const at = ordered.findIndex((step) => step.name === running);
  return at < 0 ? ordered : ordered.slice(0, at + 1);
}
