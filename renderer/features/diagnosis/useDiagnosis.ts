import { useCallback, useEffect, useRef, useState } from 'react';
import type { DiagnosisStep } from '../../../shared/contract/diagnosis.ts';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { client, problemOf } from '../../rpc.ts';

export interface DiagnosisRun {
  readonly steps: readonly DiagnosisStep[];
  readonly running: boolean;
  /** When it was begun: an instant. */
  readonly startedAt: number;
  /** It could not be run at all. */
  readonly problem?: KnownProblem;
}

/** Runs the diagnosis when the screen opens, and again when asked; leaving the screen ends it. */
export function useDiagnosis(id: DeviceId): DiagnosisRun & { readonly again: () => void; readonly stop: () => void } {
  const [run, setRun] = useState<DiagnosisRun>(() => ({ steps: [], running: true, startedAt: Date.now() }));
  const current = useRef<AbortController>(undefined);

  const stop = useCallback(() => {
    current.current?.abort();
    setRun((before) => ({ ...before, running: false }));
  }, []);

  const again = useCallback(() => {
    current.current?.abort();
    const own = new AbortController();
    current.current = own;
    const startedAt = Date.now();
    // What the last run found stays until the first answer of this one, so that nothing jumps.
    setRun(({ steps }) => ({ steps, running: true, startedAt }));
    const follow = async () => {
      for await (const steps of await client.diagnosis.run({ id }, { signal: own.signal })) {
        if (own.signal.aborted) return;
        setRun({ steps, running: true, startedAt });
      }
      if (!own.signal.aborted) setRun(({ steps }) => ({ steps, running: false, startedAt }));
    };
    follow().catch((error: unknown) => {
      if (!own.signal.aborted) setRun(({ steps }) => ({ steps, running: false, startedAt, problem: problemOf(error) }));
    });
  }, [id]);

  useEffect(() => {
    again();
    return () => current.current?.abort();
  }, [again]);

  return { ...run, again, stop };
}
