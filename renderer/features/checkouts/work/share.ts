import type { WorkProgress } from './works.ts';

/** How much is done, 0 to 1; undefined where nobody knows how much there is. Bytes tell more than objects. */
export function shareOf(progress: WorkProgress | undefined): number | undefined {
  const { bytes, objects } = progress ?? {};
  if (bytes?.total !== undefined && bytes.total > 0) return Math.min(1, bytes.done / bytes.total);
  return objects === undefined || objects.total === 0 ? undefined : Math.min(1, objects.done / objects.total);
}
