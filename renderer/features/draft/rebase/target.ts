import type { Timeline } from '../../../../shared/contract/device.ts';
import { explain } from '../../../../shared/progress/explain.ts';

/**
 * The revision that a draft can be moved onto because things went on since it was begun: the newest one on the hub that follows the
 * draft's base and did not fail, else what runs now. Undefined where the base is that already, or where nobody knows.
 */
export function rebaseTarget(base: string, running: string | undefined, timeline: Timeline | undefined): string | undefined {
  const newestFirst = timeline?.revisions ?? [];
  const at = newestFirst.findIndex(({ revision }) => revision === base);
  const head = newestFirst.slice(0, Math.max(0, at)).find(({ onHub, status }) => onHub && stays(status));
  if (head !== undefined && newestFirst[at]?.onHub === true) return head.revision;
  return running === undefined || running === base ? undefined : running;
}

/** Whether a revision is one to build on: it runs, or may still come to run. */
export function stays(status: string): boolean {
  const { outcome } = explain(status, '');
  return outcome !== 'failed' && outcome !== 'refused' && outcome !== 'cancelled';
}
