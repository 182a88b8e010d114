import type { Timeline } from '../../../shared/contract/device.ts';

/**
 * The stable revisions that are no checkpoint and that a failure would leave behind, oldest first: those between the checkpoint
 * and the running one, and the running one itself. Empty where it is not known.
 */
export function lostOnFailure(
  timeline: Timeline,
  checkpoint: string | undefined,
  running: string | undefined,
): readonly string[] {
  const newestFirst = timeline.revisions;
  const from = newestFirst.findIndex(({ revision }) => revision === running);
  const to = newestFirst.findIndex(({ revision }) => revision === checkpoint);
  if (from < 0 || to <= from) return [];
  return newestFirst
    .slice(from, to)
    .filter(({ status }) => status === 'UPDATED')
    .map(({ revision }) => revision)
    .reverse();
}
