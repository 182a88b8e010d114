import { type UseQueryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { LogFilter } from '../../../shared/contract/logs.ts';
import { worthRetrying } from '../../rpc/problem.ts';
import { client as backend, problemOf } from '../../rpc.ts';
import { type LogBook, reopened, withNewer, withOlder } from './logBook.ts';

const pageLines = 500;
/** A book that nobody reads is let go after this many milliseconds: it can be large. */
const keptFor = 30_000;

export interface Logs {
  readonly book: LogBook | undefined;
  readonly problem: KnownProblem | undefined;
  readonly loadingOlder: boolean;
  readonly olderProblem: KnownProblem | undefined;
  /** Reads the next older page; nothing happens while one is on its way. */
  readonly loadOlder: () => void;
  /** Begins anew at the newest line. */
  readonly restart: () => void;
}

/**
 * A device's log through one filter: the newest page, older ones as they are asked for, and what comes in from now on. The tail is
 * opened before the page is read, so that nothing falls between them.
 */
export function useLogs(id: DeviceId, filter: LogFilter): Logs {
  const cache = useQueryClient();
  const options = useMemo(() => logQuery(id, filter), [id, filter]);
  const { data: book, error } = useQuery(options);
  const older = useMutation({
    mutationFn: async (from: LogBook) => {
      const before = from.older?.kind === 'before' ? from.older.at + 1 : filter.before;
      const page = await backend.logs.history({
        id,
        filter: { ...filter, ...(before === undefined ? {} : { before }) },
        limit: pageLines,
        ...(from.older?.kind === 'cursor' ? { older: from.older.cursor } : {}),
      });
      // Where the oldest lines were let go meanwhile, the page does not touch what is left: it is read again when it is asked for.
      cache.setQueryData<LogBook>(options.queryKey, (now) =>
        now === undefined || now.entries[0]?.id !== from.entries[0]?.id ? now : withOlder(now, page),
      );
    },
  });
  const { mutate, isPending } = older;
  const loadOlder = useCallback(() => {
    if (book?.older !== undefined && !isPending) mutate(book);
  }, [book, isPending, mutate]);
  const restart = useCallback(() => {
    void cache.resetQueries({ queryKey: options.queryKey, exact: true });
  }, [cache, options]);
  return {
    book,
    problem: error === null ? undefined : problemOf(error),
    loadingOlder: isPending,
    olderProblem: older.error === null ? undefined : problemOf(older.error),
    loadOlder,
    restart,
  };
}

function logQuery(id: DeviceId, filter: LogFilter): UseQueryOptions<LogBook, Error> {
  return {
    queryKey: ['log book', id, filter],
    queryFn: async ({ signal, client, queryKey }) => {
      // A range that is over has no tail.
      const tail = filter.before === undefined ? await backend.logs.tail({ id, filter, from: 'hub', key: crypto.randomUUID() }, { signal }) : undefined;
      const page = await backend.logs.history({ id, filter, from: 'hub', limit: pageLines }, { signal });
      const first = reopened(client.getQueryData<LogBook>(queryKey), page);
      if (tail === undefined) return first;
      client.setQueryData(queryKey, first);
      for await (const { entries, heardAt } of tail) {
        if (signal.aborted) break;
        client.setQueryData<LogBook>(queryKey, (now) => withNewer(now ?? first, entries, heardAt));
      }
      return client.getQueryData<LogBook>(queryKey) ?? first;
    },
    staleTime: 0,
    gcTime: keptFor,
    retry: (_count, error) => worthRetrying(error),
    retryDelay: 250,
    structuralSharing: false,
  };
}
