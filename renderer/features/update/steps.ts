import type { ProgressReport, UpdateView } from '../../../shared/contract/update.ts';
import { explain } from '../../../shared/progress/explain.ts';

export type StepState = 'done' | 'current' | 'paused' | 'failed' | 'ahead';

interface StepBase {
  readonly id: string;
  readonly state: StepState;
  /** When it began, as an instant, where that is known. */
  readonly at: number | undefined;
  /** When it was over. */
  readonly until: number | undefined;
}

/** One step of an update: Trailboss's own work first, then the device's, in the order in which the device told it. */
export type Step =
  | (StepBase & { readonly kind: 'upload' | 'post' | 'order' | 'wait' })
  | (StepBase & { readonly kind: 'reported'; readonly status: string; readonly reports: readonly ProgressReport[] })
  | (StepBase & { readonly kind: 'end'; readonly report: ProgressReport | undefined });

/**
 * The steps of an update, from what was heard alone: nothing is assumed between two reports. A status that comes again after
 * another one (a power cut) is a step of its own. A final status that was heard before the end is the step that ends it.
 */
export function stepsOf(update: UpdateView): readonly Step[] {
  const runs = statusRuns(update);
  const last = runs.at(-1);
  const ended = update.phase === 'ended' && last !== undefined && explain(last.status, '').final ? last : undefined;
  const device = ended === undefined ? runs : runs.slice(0, -1);
  return [...ownSteps(update, runs[0]?.at), ...deviceSteps(update, device, ended?.at), endStep(update, ended)];
}

interface StatusRun {
  readonly status: string;
  readonly at: number;
  readonly reports: readonly ProgressReport[];
}

function statusRuns(update: UpdateView): readonly StatusRun[] {
  const runs: { status: string; at: number; reports: ProgressReport[] }[] = [];
  for (const report of update.reports) {
    const last = runs.at(-1);
    if (last?.status === report.status) last.reports.push(report);
    else runs.push({ status: report.status, at: report.heardAt, reports: [report] });
  }
  return runs;
}

function ownSteps(update: UpdateView, firstReport: number | undefined): readonly Step[] {
  if (update.kind !== 'post') {
    return [{ kind: 'order', id: 'order', state: 'done', at: update.startedAt, until: firstReport }];
  }
  const uploaded =
    update.upload === undefined
      ? update.phase !== 'uploading' && update.phase !== 'cancelled'
      : update.upload.endedAt !== undefined;
  const posted = update.postedAt !== undefined;
  const over = update.phase === 'ended';
  return [
    {
      kind: 'upload',
      id: 'upload',
      state: uploaded || posted ? 'done' : ownState(update, over),
      at: update.upload?.startedAt ?? update.startedAt,
      until: update.upload?.endedAt,
    },
    {
      kind: 'post',
      id: 'post',
      state: posted ? 'done' : uploaded ? ownState(update, over) : 'ahead',
      at: posted || uploaded ? (update.upload?.endedAt ?? update.startedAt) : undefined,
      until: update.postedAt,
    },
  ];
}

function ownState(update: UpdateView, over: boolean): StepState {
  if (over || update.phase === 'cancelled') return 'failed';
  return update.phase === 'interrupted' ? 'paused' : 'current';
}

function deviceSteps(update: UpdateView, runs: readonly StatusRun[], endedAt: number | undefined): readonly Step[] {
  const moving = update.phase === 'moving';
  if (runs.length === 0 && moving) {
    return [{ kind: 'wait', id: 'wait', state: 'current', at: update.postedAt ?? update.startedAt, until: undefined }];
  }
  return runs.map((run, index): Step => {
    const until = runs[index + 1]?.at ?? endedAt;
    const state = until === undefined && moving ? 'current' : 'done';
    return {
      kind: 'reported',
      id: `${run.status}-${run.at}`,
      state,
      at: run.at,
      until: until ?? update.endedAt,
      status: run.status,
      reports: run.reports,
    };
  });
}

function endStep(update: UpdateView, ended: StatusRun | undefined): Step {
  const last = ended?.reports.at(-1);
  const takenBack = last !== undefined && explain(last.status, '').outcome === 'cancelled';
  const bad =
    takenBack || update.phase === 'cancelled' || update.outcome?.result === 'failed' || update.outcome?.result === 'refused';
  const over = update.phase === 'ended' || update.phase === 'cancelled';
  return {
    kind: 'end',
    id: 'end',
    state: !over ? 'ahead' : bad ? 'failed' : 'done',
    at: over ? (update.endedAt ?? ended?.at) : undefined,
    until: undefined,
    report: last,
  };
}
