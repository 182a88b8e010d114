import { useCallback, useRef, useState } from 'react';
import type { DeviceId } from '../../../../shared/contract/ids.ts';
import { problemOf } from '../../../rpc.ts';
import { type BulkEvent, type BulkRun, type BulkTarget, bulkAfter, bulkOf, runBulk } from './bulkRun.ts';

export interface Bulk {
  /** Undefined until it was started. */
  readonly run: BulkRun | undefined;
  readonly start: (targets: readonly BulkTarget[]) => void;
  readonly stop: () => void;
  readonly again: () => void;
}

/** Does something to several devices, and shows how far it is. It goes on when the screen is left. */
export function useBulk(act: (id: DeviceId) => Promise<unknown>): Bulk {
  const [run, setRun] = useState<BulkRun>();
  const now = useRef<BulkRun>(bulkOf([]));
  const latest = useRef(act);
  latest.current = act;
  const set = useCallback((next: BulkRun) => {
    now.current = next;
    setRun(next);
  }, []);
  const tell = useCallback((event: BulkEvent) => set(bulkAfter(now.current, event)), [set]);
  const go = useCallback(() => {
    void runBulk(
      () => now.current,
      tell,
      (id) => latest.current(id),
      problemOf,
    );
  }, [tell]);
  return {
    run,
    start: useCallback(
      (targets) => {
        set(bulkOf(targets));
        go();
      },
      [set, go],
    ),
    stop: useCallback(() => tell({ kind: 'stop' }), [tell]),
    again: useCallback(() => {
      tell({ kind: 'again' });
      go();
    }, [tell, go]),
  };
}
