import type { ActivityEntry } from '../../../shared/contract/settings.ts';

/** The entries that are at hand, newest first, and how many there are. */
export interface ActivityView {
  readonly entries: readonly ActivityEntry[];
  readonly total: number;
}

export interface ActivityNews {
  /** Not what changed, but the newest entries as they are: what was missed meanwhile is no matter. */
  readonly newest: boolean;
  readonly entries: readonly ActivityEntry[];
  readonly total: number;
}

/** The view after news: an entry that changed takes its own place, a new one comes first. */
export function reduceActivity(view: ActivityView | undefined, { newest, entries, total }: ActivityNews): ActivityView {
  return { entries: newest || view === undefined ? entries : merged(view.entries, entries), total };
}

/** All of both, each once and newest first; where both have one, the second holds. */
export function merged(known: readonly ActivityEntry[], news: readonly ActivityEntry[]): readonly ActivityEntry[] {
  const byId = new Map(known.map((entry) => [entry.id, entry]));
  for (const entry of news) byId.set(entry.id, entry);
  return [...byId.values()].sort((a, b) => b.id - a.id);
}
