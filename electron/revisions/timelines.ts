import { createHash } from 'node:crypto';
import { compareStates } from '../../shared/compare/compare.ts';
import type { RevisionView, Timeline } from '../../shared/contract/device.ts';
import { forecast } from '../../shared/forecast/index.ts';
import { type LogLine, parseLogs } from '../../shared/progress/logs.ts';
import { partLabel } from '../../shared/state/parts.ts';
import { parseState } from '../../shared/state/state.ts';
import { byDate } from '../fleet/timeline-facts.ts';
import type { StepReport } from '../sources/source.ts';
import type { UpdateJournal } from '../storage/updates.ts';

/** A state that is at hand. */
export interface KnownState {
  /** Names the exact text. */
  readonly hash: string;
  /** Undefined where it is gone since. */
  readonly text: () => string | undefined;
}

export interface TimelineInput {
  readonly steps: readonly StepReport[];
  readonly heardAt: number | undefined;
  readonly running: string | undefined;
  /** There are older revisions on the hub that were not read. */
  readonly older: boolean;
  readonly stateOf: (revision: StepReport['name']) => KnownState | undefined;
  /** The newest update from here to each revision. */
  readonly updates: ReadonlyMap<string, UpdateJournal>;
  readonly stages: (update: UpdateJournal) => readonly { stage: string; ms: number }[];
  /** Whether there is time to work out what one more revision changed: hundreds of them take seconds, once. */
  readonly hasTime: () => boolean;
}

const strength = { none: 0, restart: 1, reboot: 2 } as const;

/**
 * The revisions newest first, each with what it changed and what that was forecast to do; pure but for the texts given. Not
 * `complete` where time ran out: what was worked out is remembered, and the next call goes on from there.
 */
export function timelineOf(input: TimelineInput): { readonly timeline: Timeline; readonly complete: boolean } {
  const ordered = byDate(input.steps);
  const trail = trailOf(ordered, input.stateOf);
  let complete = true;
  const revisions = ordered.toReversed().map((step) => {
    const update = input.updates.get(step.name);
    const from = update?.from ?? trail.get(step.name)?.before;
    const actual = actualTransition(step, update);
    const known = from === undefined || from === step.name ? {} : moved(trail, from, step.name, input.hasTime);
    complete &&= known !== 'no-time';
    return {
      revision: step.name,
      message: step.message,
      ...(step.committer !== undefined && { committer: step.committer }),
      onHub: step.onHub === true,
      ...(step.date !== undefined && { date: step.date }),
      status: step.progress?.status ?? 'UNKNOWN',
      ...(step.progress?.message && { statusMessage: step.progress.message }),
      running: step.name === input.running,
      checkpoint: step.progress?.status === 'DONE',
      ...(from !== undefined && from !== step.name && { from, ...(known !== 'no-time' && known) }),
      ...(actual && { actual }),
      ...(update && { updateId: update.id, stages: [...input.stages(update)] }),
      ...(step.progress?.logs !== undefined && { logs: parseLogs(step.progress.logs).map(logLine) }),
      stateKnown: trail.get(step.name)?.state !== undefined,
    } satisfies RevisionView;
  });
  return {
    timeline: { revisions, older: input.older, ...(input.heardAt !== undefined && { heardAt: input.heardAt }) },
    complete,
  };
}

/** A revision's place on the trail. */
interface Place {
  /** Where nothing better is known about where it was reached from: the last revision before it that ran well. */
  readonly before: StepReport['name'] | undefined;
  readonly state: KnownState | undefined;
  /** The states that the device went through since it booted when this one runs (as `sinceBoot` has it), as far as they are known. */
  readonly earlier: { readonly states: readonly KnownState[]; readonly count: number; readonly hash: string };
}

const booted = { states: [], count: 0, hash: '' };

/** All places in one walk, oldest first, because a trail may have thousands. */
function trailOf(ordered: readonly StepReport[], stateOf: TimelineInput['stateOf']): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  let before: Place['before'];
  let states: KnownState[] = [];
  let hash = '';
  for (const step of ordered) {
    const status = step.progress?.status;
    const state = stateOf(step.name);
    places.set(step.name, { before, state, earlier: status === 'UPDATED' ? { states, count: states.length, hash } : booted });
    if (status !== 'DONE' && status !== 'UPDATED') continue;
    before = step.name;
    if (status === 'DONE') [states, hash] = [[], ''];
    if (state === undefined) continue;
    states.push(state);
    hash = createHash('sha256').update(hash).update(state.hash).digest('hex');
  }
  return places;
}

function logLine(line: LogLine): NonNullable<RevisionView['logs']>[number] {
  const source = line.platform ?? line.source;
  return { text: line.text, ...(line.level !== undefined && { level: line.level }), ...(source !== undefined && { source }) };
}

function actualTransition(step: StepReport, update: UpdateJournal | undefined): RevisionView['actual'] {
  const seen = update?.outcome?.rebooted;
  if (seen !== undefined && (update?.outcome?.result === 'done' || update?.outcome?.result === 'updated'))
    return seen ? 'reboot' : 'non-reboot';
  return step.progress?.status === 'UPDATED' ? 'non-reboot' : undefined;
}

type Moved = Pick<RevisionView, 'forecast' | 'parts'>;
const remembered = new Map<string, Moved>();
const rememberAtMost = 10_000;

function moved(trail: ReadonlyMap<string, Place>, from: string, to: string, hasTime: () => boolean): Moved | 'no-time' {
  const start = trail.get(from);
  const next = trail.get(to)?.state;
  if (start?.state === undefined || next === undefined) return {};
  const key = `${start.earlier.hash} ${start.state.hash} ${next.hash}`;
  const known = remembered.get(key);
  if (known) return known;
  if (!hasTime()) return 'no-time';
  const running = start.state.text();
  const text = next.text();
  if (running === undefined || text === undefined) return {};
  const { states, count } = start.earlier;
  const earlier = states.slice(0, count).flatMap((state) => state.text() ?? []);
  const result = movedParts(running, text, earlier);
  const [oldest] = remembered.keys();
  if (remembered.size >= rememberAtMost && oldest !== undefined) remembered.delete(oldest);
  remembered.set(key, result);
  return result;
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
