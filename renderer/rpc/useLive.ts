import { type SkipToken, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type LiveProcedure, liveQuery, type Reduce } from './liveQuery.ts';

/** Subscribes to a stream of whole values; the latest is in `data`. */
export function useLive<TInput, TEvent>(
  procedure: LiveProcedure<TInput, TEvent>,
  input: TInput | SkipToken,
): UseQueryResult<TEvent, Error> {
  return useLiveReduced(procedure, input, latest);
}

function latest<TEvent>(_previous: unknown, event: TEvent): TEvent {
  return event;
}

/** Subscribes to a stream of changes; `data` is what `reduce` made of them. */
export function useLiveReduced<TInput, TEvent, TView>(
  procedure: LiveProcedure<TInput, TEvent>,
  input: TInput | SkipToken,
  reduce: Reduce<TEvent, TView>,
): UseQueryResult<TView, Error> {
  return useQuery<TView, Error>(liveQuery(procedure, input, reduce));
}
