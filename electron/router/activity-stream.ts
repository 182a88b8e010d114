import type { ActivityEntry, ActivityFilter } from '../../shared/contract/settings.ts';
import type { ActivityLog } from '../storage/activity.ts';
import { latestValue } from './live.ts';

/** Entries in the first answer: more than find room on any screen. */
const newest = 200;

export interface ActivityNews {
  readonly entries: ActivityEntry[];
  readonly total: number;
}

/** The newest entries that the filter means, then those that are new or have changed, all of a moment together. */
export function activityStream(
  activity: ActivityLog,
  filter: ActivityFilter,
  signal: AbortSignal | undefined,
): AsyncGenerator<ActivityNews, void> {
  const changed = new Set<number>();
  let begun = false;
  const read = (): ActivityNews | undefined => {
    const ids = [...changed].sort((a, b) => b - a);
    changed.clear();
    const entries = begun ? ids.flatMap((id) => activity.one(id, filter) ?? []) : [...activity.page(filter, undefined, newest)];
    const silent = begun && entries.length === 0;
    begun = true;
    return silent ? undefined : { entries, total: activity.count(filter) };
  };
  return latestValue(
    read,
    (push) =>
      activity.onChange((id) => {
        changed.add(id);
        push(id);
      }),
    signal,
  );
}
