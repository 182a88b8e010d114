import { type QueryKey, type SkipToken, skipToken, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { worthRetrying } from './problem.ts';

/** A procedure of the contract that answers with a stream, as `orpc.<area>.<name>` gives it. */
export interface LiveProcedure<TInput, TEvent> {
  call(input: TInput, options: { readonly signal: AbortSignal }): Promise<AsyncIterable<TEvent>>;
  experimental_liveKey(options: { input: TInput | SkipToken }): QueryKey;
}

const streamRetryDelay = 250;

/**
 * Subscribes to a stream for as long as somebody looks; its latest value is in the query cache. A lost connection keeps
 * the value on the screen and subscribes anew, for ever; an error that the backend gave ends it and is in `error`.
 */
export function useLive<TInput, TEvent>(
  procedure: LiveProcedure<TInput, TEvent>,
  input: TInput | SkipToken,
): UseQueryResult<TEvent, Error> {
  return useLiveReduced(procedure, input, latest);
}

function latest<TEvent>(_previous: unknown, event: TEvent): TEvent {
  return event;
}

/** Like `useLive`, for a stream of changes: `reduce` makes the next view from the one before. It must be a stable function. */
export function useLiveReduced<TInput, TEvent, TView>(
  procedure: LiveProcedure<TInput, TEvent>,
  input: TInput | SkipToken,
  reduce: (previous: TView | undefined, event: TEvent) => TView,
): UseQueryResult<TView, Error> {
  return useQuery<TView, Error>({
    queryKey: procedure.experimental_liveKey({ input }),
    queryFn:
      input === skipToken
        ? skipToken
        : async ({ signal, client, queryKey }) => {
            let view = client.getQueryData<TView>(queryKey);
            const stream = await procedure.call(input as TInput, { signal });
            for await (const event of stream) {
              if (signal.aborted) break;
              view = reduce(view, event);
              client.setQueryData(queryKey, view);
            }
            if (view === undefined) throw new Error('The stream ended before it said anything.');
            return view;
          },
    staleTime: 0,
    retry: (_count, error) => worthRetrying(error),
    retryDelay: streamRetryDelay,
    structuralSharing: false,
  });
}
