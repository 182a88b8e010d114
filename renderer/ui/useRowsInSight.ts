import { useEffect, useRef } from 'react';

/** Milliseconds for which the same rows are in sight before they are told. */
const restFor = 300;

/** Tells which rows are in sight once scrolling has come to rest, and again when they are others. */
export function useRowsInSight(keys: readonly string[], onInSight: ((keys: readonly string[]) => void) | undefined): void {
  const latest = useRef({ keys, onInSight });
  latest.current = { keys, onInSight };
  const text = onInSight === undefined ? '' : keys.join('\n');
  useEffect(() => {
    if (text === '') return;
    const timer = setTimeout(() => latest.current.onInSight?.(latest.current.keys), restFor);
    return () => clearTimeout(timer);
  }, [text]);
}
