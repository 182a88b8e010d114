import type { WayName } from '../../../shared/contract/connection.ts';
import type { DiagnosisQuestion, DiagnosisStep } from '../../../shared/contract/diagnosis.ts';
import { type KnownProblem, knownProblem, TrailbossError } from '../../../shared/contract/errors.ts';
import { abortable, startDeadline } from '../../net/deadline.ts';
import { rawOf } from '../../net/raw.ts';
import type { Probe, WayProbes } from '../../sources/probe.ts';

export interface WayToProbe extends WayProbes {
  readonly way: WayName;
}

/**
 * Asks all ways at once, and in each way one question after the other. Gives all steps at the start and after each change; ends with the
 * last answer, and everything that was opened for it is closed then.
 */
export async function* runProbes(ways: readonly WayToProbe[], caller: AbortSignal): AsyncGenerator<DiagnosisStep[], void> {
  const steps: DiagnosisStep[] = ways.flatMap(({ way, probes }) =>
    probes.map(({ question }) => ({ way, question, state: 'waiting' as const })),
  );
  const over = new AbortController();
  const signal = AbortSignal.any([caller, over.signal]);
  let changed = true;
  let wake = () => {};
  const tell = (way: WayName, question: DiagnosisQuestion, step: Omit<DiagnosisStep, 'way' | 'question'>) => {
    const at = steps.findIndex((one) => one.way === way && one.question === question);
    steps[at] = { way, question, ...step };
    changed = true;
    wake();
  };
  let running = ways.length;
  const all = ways.map(async ({ way, probes, close }) => {
    try {
      await askInOrder(probes, (question, step) => tell(way, question, step), signal);
    } finally {
      running -= 1;
      wake();
      await close();
    }
  });
  const done = Promise.allSettled(all);
  const onAbort = () => wake();
  caller.addEventListener('abort', onAbort);
  try {
    while (!caller.aborted && (changed || running > 0)) {
      if (changed) {
        changed = false;
        yield [...steps];
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    caller.removeEventListener('abort', onAbort);
    over.abort();
    await done;
  }
}

type Tell = (question: DiagnosisQuestion, step: Omit<DiagnosisStep, 'way' | 'question'>) => void;

async function askInOrder(probes: readonly Probe[], tell: Tell, signal: AbortSignal): Promise<void> {
  const outcome = new Map<DiagnosisQuestion, DiagnosisStep['state']>();
  for (const probe of probes) {
    if (signal.aborted) return;
    const { question, needs } = probe;
    const needed = needs === undefined ? 'ok' : outcome.get(needs);
    const step = needed === 'ok' || needed === 'doubtful' ? await askOne(probe, tell, signal) : ({ state: 'skipped' } as const);
    if (signal.aborted) return;
    outcome.set(question, step.state);
    tell(question, step);
  }
}

async function askOne(probe: Probe, tell: Tell, signal: AbortSignal): Promise<Omit<DiagnosisStep, 'way' | 'question'>> {
  tell(probe.question, { state: 'running' });
  const startedAt = performance.now();
  const deadline = startDeadline(signal, probe.timeoutMs);
  try {
    const { state, found, problem } = await abortable(probe.ask(deadline.signal), deadline.signal);
    return {
      state,
      took: since(startedAt),
      ...(found !== undefined && { found }),
      ...(problem && { problem: knownProblem(problem) }),
    };
  } catch (error) {
    const problem = deadline.expired() ? tooSlow(probe.timeoutMs) : foreseen(error);
    return { state: 'failed', took: since(startedAt), problem };
  } finally {
    deadline.clear();
  }
}

function since(startedAt: number): number {
  return Math.round(performance.now() - startedAt);
}

function foreseen(error: unknown): KnownProblem {
  if (error instanceof TrailbossError) return knownProblem(error);
  return knownProblem(
    new TrailbossError('INTERNAL', {
      what: 'This question failed in a way that Trailboss did not expect.',
      unchanged: 'Nothing was changed on the device.',
      next: 'Run it again; if it stays so, please report it with the text below.',
      ...rawOf(error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    }),
  );
}

function tooSlow(ms: number): KnownProblem {
  return knownProblem(
    new TrailbossError('NOT_ANSWERING', {
      what: `There was no answer within ${Math.round(ms / 100) / 10} s.`,
      unchanged: 'Nothing was changed on the device.',
      next: 'During an update a device is silent for up to half a minute. Otherwise check the device and the network.',
    }),
  );
}
