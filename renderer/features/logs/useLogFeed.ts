import { useEffect, useState, useSyncExternalStore } from 'react';
import type { LogBuffer } from './logBuffer.ts';
import { type FeedState, type LogChoice, LogFeed } from './logFeed.ts';

const unopened: FeedState = { kind: 'opening' };
const quiet = () => () => undefined;

/** The chosen log, from when it is shown until it is not. `choice` must be memoised: another one is another log. */
export function useLogFeed(choice: LogChoice): { readonly feed: LogFeed | undefined; readonly state: FeedState } {
  const [feed, setFeed] = useState<LogFeed>();
  useEffect(() => {
    const opened = new LogFeed(choice);
    opened.open();
    setFeed(opened);
    return () => opened.close();
  }, [choice]);
  const state = useSyncExternalStore(feed?.subscribe ?? quiet, () => feed?.state ?? unopened);
  return { feed, state };
}

/** Draws again with each picture in which the buffer shows something else. */
export function useBufferVersion(buffer: LogBuffer): number {
  return useSyncExternalStore(buffer.subscribe, () => buffer.version);
}
