import { useEffect, useRef, useState } from 'react';
import type { FindEntry, FindOrder, FindReport } from './find.worker.ts';
import FindWorker from './find.worker.ts?worker';
import type { FindQuery, FoundEntry } from './search.ts';

/** What was found so far. `slow`: the pattern takes too long, so the search was ended. */
export interface FindState {
  readonly found: readonly FoundEntry[];
  readonly state: 'idle' | 'searching' | 'done' | 'slow';
}

/** Typing pauses this long before it is searched, in milliseconds. */
const delay = 120;
/** A search that takes longer than this has a pattern that never ends. */
const patience = 10_000;
/** More entries than this are not listed: the search is too wide. */
export const mostFound = 2_000;

const idle: FindState = { found: [], state: 'idle' };

/** Searches in a worker, so that neither many entries nor an unlucky pattern holds the screen up. `entries` must be memoised. */
export function useFind(entries: readonly FindEntry[], query: FindQuery): FindState {
  const [result, setResult] = useState<FindState>(idle);
  const worker = useRef<{ readonly of: Worker; readonly entries: readonly FindEntry[]; busy: boolean }>(undefined);
  const { text, matchCase, wholeWord, regex } = query;

  useEffect(() => {
    if (text === '') {
      setResult(idle);
      return;
    }
    const stop = () => {
      worker.current?.of.terminate();
      worker.current = undefined;
    };
    let tooLong: ReturnType<typeof setTimeout> | undefined;
    const begin = setTimeout(() => {
      if (worker.current?.busy) stop();
      if (worker.current?.entries !== entries) {
        const made = worker.current?.of ?? new FindWorker();
        worker.current = { of: made, entries, busy: false };
        made.postMessage({ kind: 'entries', entries } satisfies FindOrder);
      }
      const { current } = worker;
      current.busy = true;
      let found: readonly FoundEntry[] = [];
      setResult((before) => ({ ...before, state: 'searching' }));
      current.of.onmessage = ({ data }: MessageEvent<FindReport>) => {
        found = [...found, ...data.found].slice(0, mostFound);
        if (!data.done && found.length < mostFound) return setResult({ found, state: 'searching' });
        clearTimeout(tooLong);
        current.busy = !data.done;
        setResult({ found, state: 'done' });
        if (!data.done) stop();
      };
      current.of.postMessage({ kind: 'search', query: { text, matchCase, wholeWord, regex } } satisfies FindOrder);
      tooLong = setTimeout(() => {
        stop();
        setResult({ found, state: 'slow' });
      }, patience);
    }, delay);
    return () => {
      clearTimeout(begin);
      clearTimeout(tooLong);
    };
  }, [entries, text, matchCase, wholeWord, regex]);

  useEffect(
    () => () => {
      worker.current?.of.terminate();
      worker.current = undefined;
    },
    [],
  );
  return result;
}
