import { type QueryKey, type SkipToken, skipToken, type UseQueryOptions } from '@tanstack/react-query';
import { worthRetrying } from './problem.ts';

/** A procedure of the contract that answers with a stream, as `orpc.<area>.<name>` gives it. */
export interface LiveProcedure<TInput, TEvent> {
  call(input: TInput, options: { readonly signal: AbortSignal }): Promise<AsyncIterable<TEvent>>;
  experimental_liveKey(options: { input: TInput | SkipToken }): QueryKey;
}

/** Makes the next view from the one before and what was heard. It must be a stable function. */
export type Reduce<TEvent, TView> = (previous: TView | undefined, event: TEvent) => TView;

const streamRetryDelay = 250;

function isSkip<TInput>(input: TInput | SkipToken): input is SkipToken {
  return input === skipToken;
}

/**
 * A query that stays with a stream for as long as somebody looks: each event changes the view in the cache. When the line to the
 * backend breaks the view stays, and the stream is opened anew, for ever; an error that the backend gave ends it.
 */
export function liveQuery<TInput, TEvent, TView>(
  procedure: LiveProcedure<TInput, TEvent>,
  input: TInput | SkipToken,
  reduce: Reduce<TEvent, TView>,
): UseQueryOptions<TView, Error> {
  return {
    queryKey: procedure.experimental_liveKey({ input }),
    queryFn: isSkip(input)
      ? skipToken
      : async ({ signal, client, queryKey }) => {
          let view = client.getQueryData<TView>(queryKey);
          const stream = await procedure.call(input, { signal });
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
  };
}
