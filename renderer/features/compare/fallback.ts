import type { DeviceDetail, Timeline } from '../../../shared/contract/device.ts';
import type { CheckpointFallback } from '../../../shared/forecast/sentence.ts';

/** Where a failure would take the device back to, and how many revisions ago that was; undefined where nobody knows. */
export function fallbackOf(device: DeviceDetail | undefined, timeline: Timeline | undefined): CheckpointFallback | undefined {
  const revision = device?.rollbackTo;
  const running = device?.summary.running?.revision;
  if (revision === undefined || running === undefined) return undefined;
  if (revision === running) return { revision, revisionsAgo: 0 };
  const newestFirst = timeline?.revisions ?? [];
  const checkpoint = newestFirst.findIndex((one) => one.revision === revision);
  const now = newestFirst.findIndex((one) => one.revision === running);
  return now >= 0 && checkpoint > now ? { revision, revisionsAgo: checkpoint - now } : undefined;
}
