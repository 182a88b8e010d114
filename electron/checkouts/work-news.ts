import type { WorkNews } from '../../shared/contract/checkout.ts';
import { cancelled } from './problems.ts';
import type { Step } from './pvr-folder.ts';

export type Progress = (step: Step) => void;
export type Output = (from: 'stdout' | 'stderr', text: string) => void;
export type WorkDone = Omit<Extract<WorkNews, { kind: 'done' }>, 'kind'>;

/**
 * What a piece of work tells, as a stream: the newest progress, every line of output, and `done` at its end. Leaving the stream, or the
 * signal, cancels the work; the stream ends only when the work has.
 */
export async function* workNews(
  work: (tell: Progress, signal: AbortSignal, output: Output) => Promise<WorkDone>,
  signal: AbortSignal | undefined,
): AsyncGenerator<WorkNews, void> {
  const ending = new AbortController();
  const stop = signal === undefined ? ending.signal : AbortSignal.any([signal, ending.signal]);
  const lines: WorkNews[] = [];
  let progress: WorkNews | undefined;
  let wake = () => {};
  let ended = false;
  const running = work(
    (step) => {
      progress = { kind: 'progress', ...step };
      wake();
    },
    stop,
    (from, text) => {
      lines.push({ kind: 'output', from, text });
      wake();
    },
  ).finally(() => {
    ended = true;
    wake();
  });
  // Its failure is told by the `await` at the end; until then nobody may hear of it.
  running.catch(() => undefined);
  try {
    while (!ended || lines.length > 0) {
      const next = lines.shift() ?? progress;
      if (next === progress) progress = undefined;
      if (next !== undefined) yield next;
      else if (!ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    yield { kind: 'done', ...(await finished(running, stop)) };
  } finally {
    ending.abort();
    await running.catch(() => undefined);
  }
}

async function finished(running: Promise<WorkDone>, signal: AbortSignal): Promise<WorkDone> {
  try {
    return await running;
  } catch (error) {
    if (signal.aborted && error instanceof DOMException && error.name === 'AbortError') throw cancelled();
    throw error;
  }
}
