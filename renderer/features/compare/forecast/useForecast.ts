import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { type Forecast, forecast } from '../../../../shared/forecast/index.ts';
import ForecastWorker from './forecastWorker.ts?worker';
import type { ForecastAnswer, ForecastQuestion } from './question.ts';

/** Together shorter than this (UTF-16 code units), two states are forecast where they are drawn: a few milliseconds. */
export const workerAbove = 200_000;

export interface ForecastView {
  /** The latest forecast that there is; undefined until the first. */
  readonly forecast: Forecast | undefined;
  /** False while a newer one is being made. */
  readonly current: boolean;
}

const nothing: readonly string[] = [];

/**
 * The forecast of a move, always of the latest texts, without holding up typing: small states in a deferred render, large ones in
 * a worker. Undefined texts are still being read.
 */
export function useForecast(
  running: string | undefined,
  next: string | undefined,
  sinceBoot: readonly string[] = nothing,
): ForecastView {
  const large = (running?.length ?? 0) + (next?.length ?? 0) > workerAbove;
  const here = useForecastHere(large ? undefined : running, large ? undefined : next, sinceBoot);
  const there = useForecastInWorker(large ? running : undefined, large ? next : undefined, sinceBoot);
  return large ? there : here;
}

function useForecastHere(running: string | undefined, next: string | undefined, sinceBoot: readonly string[]): ForecastView {
  const latest = useDeferredValue(next);
  const made = useMemo(
    () => (running === undefined || latest === undefined ? undefined : forecast(running, latest, { sinceBoot })),
    [running, latest, sinceBoot],
  );
  return { forecast: made, current: latest === next };
}

function useForecastInWorker(running: string | undefined, next: string | undefined, sinceBoot: readonly string[]): ForecastView {
  const [answer, setAnswer] = useState<{ readonly of: string; readonly forecast: Forecast }>();
  const worker = useWorker(running !== undefined);
  useEffect(() => {
    if (worker === undefined || running === undefined || next === undefined) return;
    const question: ForecastQuestion = { id: Date.now() + Math.random(), running, next, sinceBoot };
    const listen = (event: MessageEvent<ForecastAnswer>) => {
      if (event.data.id === question.id) setAnswer({ of: next, forecast: event.data.forecast });
    };
    worker.addEventListener('message', listen);
    worker.postMessage(question);
    return () => worker.removeEventListener('message', listen);
  }, [worker, running, next, sinceBoot]);
  return { forecast: answer?.forecast, current: answer !== undefined && answer.of === next };
}

function useWorker(wanted: boolean): Worker | undefined {
  const [worker, setWorker] = useState<Worker>();
  useEffect(() => {
    if (!wanted) return;
    const started = new ForecastWorker();
    setWorker(started);
    return () => {
      started.terminate();
      setWorker(undefined);
    };
  }, [wanted]);
  return worker;
}
