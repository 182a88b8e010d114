import type { ActivityEntry, ActivityFilter } from '../../shared/contract/settings.ts';
import type { ActivityLog } from '../storage/activity.ts';
import { latestValue } from './live.ts';

/** Entries in the first answer: more than find room on any screen. */
const shownFirst = 200;

export interface ActivityNews {
  /** The entries are all of the newest ones; else only those that are new or have changed since. */
  readonly newest: boolean;
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
    const entries = begun
      ? ids.flatMap((id) => activity.one(id, filter) ?? [])
      : [...activity.page(filter, undefined, shownFirst)];
    const newest = !begun;
    begun = true;
    return entries.length === 0 && !newest ? undefined : { newest, entries, total: activity.count(filter) };
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
