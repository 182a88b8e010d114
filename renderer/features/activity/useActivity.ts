import { useMutation } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { type ActivityEntry, type ActivityFilter, activityPage } from '../../../shared/contract/settings.ts';
import { client, orpc, useLiveReduced } from '../../rpc.ts';
import { type ActivityView, merged, reduceActivity } from './activityView.ts';

/** Entries that one look further back brings. */
const page = 500;

interface Older {
  readonly filter: ActivityFilter;
  readonly entries: readonly ActivityEntry[];
}

interface Activity {
  readonly view: ActivityView | undefined;
  readonly error: Error | null;
  /** Reads on where the list ends; does nothing while it reads, or where there is no more. */
  readonly readOn: () => void;
}

/** What the filter means, live, and as far back as was read. `filter` must be memoised. */
export function useActivity(filter: ActivityFilter): Activity {
  const { data: newest, error } = useLiveReduced(orpc.settings.activityWatch, { filter }, reduceActivity);
  const [read, setRead] = useState<Older>();
  const older = read?.filter === filter ? read.entries : undefined;
  const view = useMemo(
    () => (newest === undefined || older === undefined ? newest : { ...newest, entries: merged(older, newest.entries) }),
    [newest, older],
  );
  const { mutate, isPending } = useMutation({
    mutationFn: async (before: number) => ({ filter, entries: await client.settings.activity({ filter, before, limit: page }) }),
    onSuccess: (more) =>
      setRead((now) => ({
        filter: more.filter,
        entries: now?.filter === more.filter ? merged(now.entries, more.entries) : more.entries,
      })),
  });
  const oldest = view?.entries.at(-1)?.id;
  const isMore = view !== undefined && view.entries.length < view.total;
  const readOn = useCallback(() => {
    if (isMore && !isPending && oldest !== undefined) mutate(oldest);
  }, [isMore, isPending, oldest, mutate]);
  return { view, error, readOn };
}

/** Everything that the filter means, from storage. */
export async function allActivity(filter: ActivityFilter): Promise<readonly ActivityEntry[]> {
  const all: ActivityEntry[] = [];
  let before: number | undefined;
  for (;;) {
    const entries = await client.settings.activity({ filter, limit: activityPage, ...(before !== undefined && { before }) });
    all.push(...entries);
    before = entries.at(-1)?.id;
    if (entries.length < activityPage) return all;
  }
}
