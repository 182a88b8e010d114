import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { cancelWork, type RunWork, startWork, useWorks, type Work, type WorkDone, watchWork } from './works.ts';

export interface OwnWork {
  readonly work: Work | undefined;
  readonly running: boolean;
  readonly start: (title: string, run: RunWork) => void;
  readonly cancel: () => void;
  /** Shows the work no more; what runs goes on. */
  readonly forget: () => void;
}

/** Work that a dialog or a pane started, and shows. When it is left the work goes on in the status bar, and its end is told. */
export function useOwnWork(onDone?: (done: WorkDone) => void): OwnWork {
  const [id, setId] = useState<string>();
  const work = useWorks(({ byId }) => (id === undefined ? undefined : byId[id]));
  const latest = useRef(onDone);
  useLayoutEffect(() => {
    latest.current = onDone;
  });
  const leave = useRef<() => void>(undefined);
  const done = work?.state === 'done' ? work.done : undefined;
  useEffect(() => {
    if (done !== undefined) latest.current?.(done);
  }, [done]);
  useEffect(() => () => leave.current?.(), []);
  const start = useCallback((title: string, run: RunWork) => {
    leave.current?.();
    const started = startWork(title, run);
    leave.current = watchWork(started);
    setId(started);
  }, []);
  const cancel = useCallback(() => {
    if (id !== undefined) cancelWork(id);
  }, [id]);
  const forget = useCallback(() => {
    leave.current?.();
    leave.current = undefined;
    setId(undefined);
  }, []);
  return { work, running: work?.state === 'running', start, cancel, forget };
}
