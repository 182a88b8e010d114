import { explain, type Outcome, type Stage, stages } from './explain.ts';
import type { HeardReport } from './report.ts';

/** `unseen`: passed while the device was silent, or skipped. `waiting`: still to come. */
export type StageState = 'passed' | 'current' | 'unseen' | 'waiting';

export interface StageView {
  readonly stage: Stage;
  readonly state: StageState;
  /** When it was first heard, in milliseconds since 1970. */
  readonly startedAt: number | undefined;
  /** Time in it until the next stage was heard, summed over every visit; the current visit is not counted. */
  readonly durationMs: number | undefined;
  /** How often it was entered: more than once when the device began again. */
  readonly visits: number;
  /** Bytes, as last reported in this stage; the device resets them afterwards. */
  readonly downloads: { readonly total: number; readonly done: number } | undefined;
}

export interface Stepper {
  /** All stages in order. */
  readonly stages: readonly StageView[];
  readonly current: Stage | undefined;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly outcome: Outcome;
  /** How often the device went back to an earlier stage (a power cut, a retry). */
  readonly setbacks: number;
}

/**
 * The stepper of one update, from what was heard and nothing else. An end that was reported before the move began (a revision that
 * ran earlier) does not count. Statuses that are not known leave the stage as it is.
 */
export function stagesOf(reports: readonly HeardReport[]): Stepper {
  const visits = visitsOf(sinceLastStart(sorted(reports)));
  const last = visits.at(-1);
  const lastIndex = last === undefined ? -1 : stages.indexOf(last.stage);
  return {
    stages: stages.map((stage, index) => stageView(stage, index, lastIndex, visits)),
    current: last?.stage,
    startedAt: visits[0]?.from,
    endedAt: last?.stage === 'end' ? last.from : undefined,
    outcome: last?.outcome ?? 'none',
    setbacks: visits.filter((visit, index) => stages.indexOf(visit.stage) < stages.indexOf(visits[index - 1]?.stage ?? 'posted'))
      .length,
  };
}

interface Visit {
  readonly stage: Stage;
  readonly from: number;
  to: number | undefined;
  outcome: Outcome;
  downloads: StageView['downloads'];
}

function sorted(reports: readonly HeardReport[]): readonly HeardReport[] {
  return [...reports].sort((a, b) => a.heardAt - b.heardAt);
}

/** Drops what was heard up to the last end that something else followed. */
function sinceLastStart(reports: readonly HeardReport[]): readonly HeardReport[] {
  const isFinal = reports.map(({ status, message }) => explain(status, message).final);
  const start = isFinal.findLastIndex((final, index) => final && isFinal[index + 1] === false);
  return reports.slice(start + 1);
}

function visitsOf(reports: readonly HeardReport[]): readonly Visit[] {
  const visits: Visit[] = [];
  for (const report of reports) {
    const { stage, outcome } = explain(report.status, report.message);
    if (stage === 'unknown') continue;
    let visit = visits.at(-1);
    if (visit?.stage !== stage) {
      if (visit !== undefined) visit.to = report.heardAt;
      visit = { stage, from: report.heardAt, to: undefined, outcome, downloads: undefined };
      visits.push(visit);
    }
    visit.outcome = outcome;
    visit.downloads = report.downloads ?? visit.downloads;
  }
  return visits;
}

function stageView(stage: Stage, index: number, lastIndex: number, visits: readonly Visit[]): StageView {
  const own = visits.filter((visit) => visit.stage === stage);
  const closed = own.filter((visit) => visit.to !== undefined);
  return {
    stage,
    state: stateOf(index, lastIndex, own.length > 0),
    startedAt: own[0]?.from,
    durationMs: closed.length === 0 ? undefined : closed.reduce((sum, { from, to }) => sum + ((to ?? from) - from), 0),
    visits: own.length,
    downloads: own.findLast(({ downloads }) => downloads !== undefined)?.downloads,
  };
}

function stateOf(index: number, lastIndex: number, seen: boolean): StageState {
  if (index === lastIndex) return 'current';
  if (index > lastIndex) return 'waiting';
  return seen ? 'passed' : 'unseen';
}
