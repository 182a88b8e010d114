import type { WayName } from '../../../shared/contract/connection.ts';
import type { DiagnosisStep } from '../../../shared/contract/diagnosis.ts';
import { strings } from '../../strings/diagnosis.ts';

/** One way's steps, in their order. */
export interface WaySteps {
  readonly way: WayName;
  readonly steps: readonly DiagnosisStep[];
}

/** The steps by their way, in the order in which the ways come. */
export function byWay(steps: readonly DiagnosisStep[]): readonly WaySteps[] {
  const ways = new Map<WayName, DiagnosisStep[]>();
  for (const step of steps) ways.set(step.way, [...(ways.get(step.way) ?? []), step]);
  return [...ways].map(([way, list]) => ({ way, steps: list }));
}

const isAnswered = ({ state }: DiagnosisStep) => state !== 'waiting' && state !== 'running';

/** All in short: how far it is, and at the end what each way came to, those that do not work first. */
export function summary(steps: readonly DiagnosisStep[], running: boolean): string {
  const answered = steps.filter(isAnswered).length;
  if (running) return strings.asking(answered, steps.length);
  if (steps.length === 0) return strings.noWays;
  if (answered < steps.length) return strings.stopped;
  const verdicts = byWay(steps).map(({ way, steps: list }) => ({ way, ...verdict(way, list) }));
  const well = verdicts.filter(({ sentence }) => sentence === undefined).map(({ way }) => strings.plain[way]);
  const others = [...verdicts].sort((a, b) => Number(a.works) - Number(b.works)).flatMap(({ sentence }) => sentence ?? []);
  return [...others, ...(well.length === 0 ? [] : [strings.reached(well.join(strings.and))])].join(' ');
}

/** `sentence` is undefined where there is nothing to say but that it works. */
function verdict(way: WayName, steps: readonly DiagnosisStep[]): { readonly works: boolean; readonly sentence?: string } {
  const over = strings.over[way];
  const at = steps.findIndex(({ state }) => state === 'failed');
  const failed = steps[at];
  if (failed === undefined) {
    const doubt = steps.find(({ state }) => state === 'doubtful');
    const what = doubt && strings.doubts[doubt.question];
    return what === undefined ? { works: true } : { works: true, sentence: strings.reachedDoubtful(over, what) };
  }
  const badly = strings.because[`${failed.question} ${failed.problem?.code}`] ?? strings.badly[failed.question];
  const before = steps.slice(0, at).findLast(({ state }) => state === 'ok' || state === 'doubtful');
  // That an address is an address is no news.
  const well = before === undefined || before.question === 'name' ? undefined : strings.well[before.question];
  return { works: false, sentence: well === undefined ? strings.fails(over, badly) : strings.failsAfter(over, well, badly) };
}

/** What a step asks, as a sentence that is true when all is well. */
export function questionWords({ way, question }: Pick<DiagnosisStep, 'way' | 'question'>): string {
  if (way === 'http' && question === 'protocol') return strings.endpointQuestion;
  if (way === 'hub' && question === 'clock') return strings.hubClockQuestion;
  return strings.questions[question];
}

/** Everything as plain text, for a colleague or a report. Nothing in it is secret: problems never hold a key or a token. */
export function reportText(device: string, at: number, steps: readonly DiagnosisStep[]): string {
  const lines = byWay(steps).flatMap(({ way, steps: list }) => [
    '',
    strings[way],
    ...list.flatMap((step, place) => [
      `${place + 1}. ${questionWords(step)}: ${stepWords(step)}`,
      ...(step.problem === undefined ? [] : problemLines(step.problem).map((line) => `   ${line}`)),
    ]),
  ]);
  return [strings.report(device, new Date(at).toISOString()), summary(steps, false), ...lines, ''].join('\n');
}

function stepWords({ state, found, took }: DiagnosisStep): string {
  const words = [strings.states[state], found, took === undefined ? undefined : strings.took(took)];
  return words.filter((word) => word !== undefined).join(' · ');
}

function problemLines({ code, what, next, raw }: NonNullable<DiagnosisStep['problem']>): readonly string[] {
  return [`${what} (${code})`, next, ...(raw ?? '').split('\n')].filter((line) => line.trim() !== '');
}
