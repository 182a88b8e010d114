import { createHash } from 'node:crypto';
import { compareStates } from '../../shared/compare/compare.ts';
import type { RevisionView, Timeline } from '../../shared/contract/device.ts';
import { forecast } from '../../shared/forecast/index.ts';
import { type LogLine, parseLogs } from '../../shared/progress/logs.ts';
import { partLabel } from '../../shared/state/parts.ts';
import { parseState } from '../../shared/state/state.ts';
import { byDate, sinceBoot } from '../fleet/timeline-facts.ts';
import type { StepReport } from '../sources/source.ts';
import type { UpdateJournal } from '../storage/updates.ts';

export interface TimelineInput {
  readonly steps: readonly StepReport[];
  readonly heardAt: number | undefined;
  readonly running: string | undefined;
  readonly stateOf: (revision: StepReport['name']) => string | undefined;
  /** The newest update from here to each revision. */
  readonly updates: ReadonlyMap<string, UpdateJournal>;
  readonly stages: (update: UpdateJournal) => readonly { stage: string; ms: number }[];
}

const strength = { none: 0, restart: 1, reboot: 2 } as const;

/** The revisions newest first, each with what it changed and what that was forecast to do; pure but for the texts given. */
export function timelineOf(input: TimelineInput): Timeline {
  const ordered = byDate(input.steps);
  const revisions = ordered.map((step, index) => {
    const update = input.updates.get(step.name);
    const from = update?.from ?? before(ordered, index);
    const actual = actualTransition(step, update);
    return {
      revision: step.name,
      message: step.message,
      ...(step.date !== undefined && { date: step.date }),
      status: step.progress?.status ?? 'UNKNOWN',
      ...(step.progress?.message && { statusMessage: step.progress.message }),
      running: step.name === input.running,
      checkpoint: step.progress?.status === 'DONE',
      ...(from !== undefined && from !== step.name && { from, ...moved(input, from, step) }),
      ...(actual && { actual }),
      ...(update && { updateId: update.id, stages: [...input.stages(update)] }),
      ...(step.progress?.logs !== undefined && { logs: parseLogs(step.progress.logs).map(logLine) }),
      stateKnown: input.stateOf(step.name) !== undefined,
    } satisfies RevisionView;
  });
  return { revisions: revisions.reverse(), ...(input.heardAt !== undefined && { heardAt: input.heardAt }) };
}

function logLine(line: LogLine): NonNullable<RevisionView['logs']>[number] {
  const source = line.platform ?? line.source;
  return { text: line.text, ...(line.level !== undefined && { level: line.level }), ...(source !== undefined && { source }) };
}

/** Where nothing better is known: the last revision before it that ran well. */
function before(ordered: readonly StepReport[], index: number): StepReport['name'] | undefined {
  return ordered.slice(0, index).findLast((step) => step.progress?.status === 'DONE' || step.progress?.status === 'UPDATED')
    ?.name;
}

function actualTransition(step: StepReport, update: UpdateJournal | undefined): RevisionView['actual'] {
  const seen = update?.outcome?.rebooted;
  if (seen !== undefined && (update?.outcome?.result === 'done' || update?.outcome?.result === 'updated'))
    return seen ? 'reboot' : 'non-reboot';
  return step.progress?.status === 'UPDATED' ? 'non-reboot' : undefined;
}

type Moved = Pick<RevisionView, 'forecast' | 'parts'>;
const remembered = new Map<string, Moved>();
const rememberAtMost = 2000;

function moved(input: TimelineInput, from: string, step: StepReport): Moved {
  const fromStep = input.steps.find((candidate) => candidate.name === from);
  const running = fromStep && input.stateOf(fromStep.name);
  const next = input.stateOf(step.name);
  if (running === undefined || next === undefined) return {};
  const earlier = sinceBoot(input.steps, fromStep?.name).map(input.stateOf);
  const texts = earlier.filter((text) => text !== undefined);
  const key = digest([...texts, running, next]);
  const known = remembered.get(key);
  if (known) return known;
  const result = movedParts(running, next, texts);
  if (remembered.size >= rememberAtMost) remembered.clear();
  remembered.set(key, result);
  return result;
}

function digest(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}

function movedParts(running: string, next: string, earlier: readonly string[]): Moved {
  const result = forecast(running, next, { sinceBoot: earlier });
  const a = parseState(running);
  const b = parseState(next);
  const kind = result.kind === 'move' ? result.transition : result.kind;
  if (!a.ok || !b.ok) return { forecast: kind };
  const effects = new Map(result.kind === 'move' ? result.changes.map((change) => [change.key, change.effect]) : []);
  const parts = compareStates(a.state, b.state).parts.map((group) => {
    const found = group.changes.map((change) => effects.get(change.key) ?? 'none');
    const effect = found.reduce(
      (worst, one) => (strength[one] > strength[worst] ? one : worst),
      'none' as 'none' | 'restart' | 'reboot',
    );
    return { part: partLabel(group.part), effect, entries: group.changes.length };
  });
  return { forecast: kind, parts };
}
