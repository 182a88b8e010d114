import { useCallback, useEffect, useRef, useState } from 'react';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import { problemOf } from '../../rpc.ts';
import { strings } from '../../strings/logs.ts';
import { showNotice } from '../../ui/showNotice.ts';
import type { Saved, SaveProgress } from './saving.ts';

export interface Saving {
  readonly progress: SaveProgress | undefined;
  readonly problem: KnownProblem | undefined;
  readonly start: (
    name: string,
    save: (onProgress: (progress: SaveProgress) => void, signal: AbortSignal) => Promise<Saved>,
  ) => void;
  readonly cancel: () => void;
}

/** One file at a time on its way to the disk; it ends with the screen. */
export function useSaving(): Saving {
  const [progress, setProgress] = useState<SaveProgress>();
  const [problem, setProblem] = useState<KnownProblem>();
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const start: Saving['start'] = useCallback((name, save) => {
    if (abort.current !== undefined) return;
    const own = new AbortController();
    abort.current = own;
    setProblem(undefined);
    setProgress({ name, unit: 'bytes', done: 0, total: 0 });
    const show = (now: SaveProgress) => {
      if (!own.signal.aborted) setProgress(now);
    };
    save(show, own.signal)
      .then(
        (saved) => saved === 'saved' && showNotice(strings.saved(name)),
        (error: unknown) => setProblem(problemOf(error)),
      )
      .finally(() => {
        abort.current = undefined;
        setProgress(undefined);
      });
  }, []);
  const cancel = useCallback(() => abort.current?.abort(), []);
  return { progress, problem, start, cancel };
}
