import { useEffect, useMemo, useState } from 'react';
import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { ViewCounter } from './countViews.ts';

/** Milliseconds after which the counts are due even in a window that never rests. */
const latest = 1000;
/** Milliseconds that one look may take. */
const slice = 8;

/** How many devices each filter finds, soon after the fleet or the filters changed, counted while nothing else is to do. */
export function useViewCounts(
  devices: ReadonlyMap<string, DeviceSummary> | undefined,
  filters: readonly string[],
): readonly number[] | undefined {
  const [counts, setCounts] = useState<readonly number[]>();
  const text = JSON.stringify(filters);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the filters are the same as long as their text is
  const counter = useMemo(() => new ViewCounter(filters), [text]);
  useEffect(() => {
    if (devices === undefined) return;
    const counting = counter.count(devices.values());
    const go = () => {
      const end = performance.now() + slice;
      for (;;) {
        const { done, value } = counting.next();
        if (done === true) {
          setCounts((before) => (before?.join() === value.join() ? before : value));
          return;
        }
        if (performance.now() > end) {
          handle = requestIdleCallback(go, { timeout: latest });
          return;
        }
      }
    };
    let handle = requestIdleCallback(go, { timeout: latest });
    return () => cancelIdleCallback(handle);
  }, [devices, counter]);
  return counts;
}
