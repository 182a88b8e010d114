import { useSyncExternalStore } from 'react';

// One clock for every age on the screen: it ticks once a second while somebody reads it and can see it.
let timer: ReturnType<typeof setInterval> | undefined;
const readers = new Set<() => void>();

function tick(): void {
  if (document.visibilityState === 'hidden') return;
  for (const reader of readers) reader();
}

function subscribe(changed: () => void): () => void {
  readers.add(changed);
  if (timer === undefined) {
    timer = setInterval(tick, 1000);
    document.addEventListener('visibilitychange', tick);
  }
  return () => {
    readers.delete(changed);
    if (readers.size > 0) return;
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
    timer = undefined;
  };
}

const wholeSecond = () => Math.floor(Date.now() / 1000) * 1000;

/** The present instant in milliseconds, to the whole second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, wholeSecond);
}

const noonOfToday = () => new Date().setHours(12, 0, 0, 0);

/** Noon of the present day, in milliseconds: who shows days is drawn anew at midnight, and not each second. */
export function useToday(): number {
  return useSyncExternalStore(subscribe, noonOfToday);
}
