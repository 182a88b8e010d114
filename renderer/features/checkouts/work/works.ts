import { create } from 'zustand';
import type { WorkNews } from '../../../../shared/contract/checkout.ts';
import type { KnownProblem } from '../../../../shared/contract/errors.ts';
import { problemOf } from '../../../rpc/problem.ts';
import { workStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { showProblem } from '../../../ui/ProblemNotice.tsx';
import { showNotice } from '../../../ui/showNotice.ts';
import { type Output, outputText, withLines } from './output.ts';

export type WorkDone = Extract<WorkNews, { kind: 'done' }>;
export type WorkProgress = Extract<WorkNews, { kind: 'progress' }>;

/** Work on a checkout that goes on while the person looks at something else. */
export interface Work {
  readonly id: string;
  readonly title: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly progress?: WorkProgress;
  /** What the `pvr` command said. */
  readonly output: Output;
  readonly done?: WorkDone;
  readonly problem?: KnownProblem;
}

interface Works {
  readonly byId: Readonly<Record<string, Work>>;
}

/** The work that runs, and what somebody still looks at. It lives as long as the window. */
export const useWorks = create<Works>()(() => ({ byId: {} }));

/** What runs gets a signal; leaving the stream cancels the work. */
export type RunWork = (options: { readonly signal: AbortSignal }) => Promise<AsyncIterable<WorkNews>>;

const aborts = new Map<string, AbortController>();
/** Who shows how the work ends; nobody does when the dialog was closed. */
const watchers = new Map<string, number>();
/** News are shown together that come within this time, in milliseconds: a command may print thousands of lines. */
const gatherFor = 60;
let count = 0;

function put(work: Work): void {
  useWorks.setState(({ byId }) => ({ byId: { ...byId, [work.id]: work } }));
}

function drop(id: string): void {
  useWorks.setState(({ byId }) => {
    const { [id]: _gone, ...rest } = byId;
    return { byId: rest };
  });
}

/** Somebody shows this work, and how it ends, until the function is called that this gives. */
export function watchWork(id: string): () => void {
  watchers.set(id, (watchers.get(id) ?? 0) + 1);
  return () => {
    const left = (watchers.get(id) ?? 1) - 1;
    if (left > 0) {
      watchers.set(id, left);
      return;
    }
    watchers.delete(id);
    if (useWorks.getState().byId[id]?.state !== 'running') drop(id);
  };
}

export function cancelWork(id: string): void {
  aborts.get(id)?.abort();
}

/** Starts work and gives the id that it is known by. Its end is told where nobody shows it. */
export function startWork(title: string, run: RunWork, onDone?: (done: WorkDone) => void): string {
  count += 1;
  const id = `work ${count}`;
  const abort = new AbortController();
  aborts.set(id, abort);
  put({ id, title, state: 'running', output: { lines: [], dropped: 0 } });
  void follow({ id, title, run, onDone, abort });
  return id;
}

interface Followed {
  readonly id: string;
  readonly title: string;
  readonly run: RunWork;
  readonly onDone: ((done: WorkDone) => void) | undefined;
  readonly abort: AbortController;
}

async function follow({ id, title, run, onDone, abort }: Followed): Promise<void> {
  let work: Work = { id, title, state: 'running', output: { lines: [], dropped: 0 } };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waiting: Extract<WorkNews, { kind: 'output' }>[] = [];
  const show = () => {
    clearTimeout(timer);
    timer = undefined;
    work = { ...work, output: withLines(work.output, waiting.splice(0)) };
    put(work);
  };
  try {
    const stream = await run({ signal: abort.signal });
    for await (const news of stream) {
      if (abort.signal.aborted) break;
      if (news.kind === 'done') work = { ...work, done: news };
      else if (news.kind === 'progress') work = { ...work, progress: news };
      else waiting.push(news);
      timer ??= setTimeout(show, gatherFor);
    }
    work = { ...work, state: abort.signal.aborted ? 'cancelled' : 'done' };
  } catch (error) {
    work = abort.signal.aborted ? { ...work, state: 'cancelled' } : { ...work, state: 'failed', problem: problemOf(error) };
  }
  aborts.delete(id);
  show();
  if (work.state === 'done' && work.done !== undefined) onDone?.(work.done);
  if (watchers.has(id)) return;
  if (work.problem !== undefined) showProblem(work.problem);
  else if (work.state === 'done' && (work.done?.exitCode ?? 0) !== 0) showProblem(failureOf(work));
  else if (work.state === 'done' && onDone === undefined) showNotice(work.done?.text ?? title);
  drop(id);
}

/** More of what a command said is not shown in a notice, in characters. */
const mostSaid = 4000;

/** A command that ended badly, where nobody watched it. */
function failureOf({ title, done, output }: Work): KnownProblem {
  return {
    code: 'INTERNAL',
    what: done?.text ?? title,
    unchanged: strings.failedUnchanged,
    next: strings.failedNext,
    raw: outputText(output).slice(-mostSaid),
  };
}
