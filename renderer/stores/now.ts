import { useSyncExternalStore } from 'react';

// One clock for every age on the screen: it ticks once a second while somebody reads it.
let timer: ReturnType<typeof setInterval> | undefined;
const readers = new Set<() => void>();

function subscribe(changed: () => void): () => void {
  readers.add(changed);
  timer ??= setInterval(() => {
    for (const reader of readers) reader();
  }, 1000);
  return () => {
    readers.delete(changed);
    if (readers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const wholeSecond = () => Math.floor(Date.now() / 1000) * 1000;

/** The present instant in milliseconds, to the whole second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, wholeSecond);
}
