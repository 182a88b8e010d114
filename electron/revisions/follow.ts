import type { ProgressReport } from '../../shared/contract/update.ts';
import type { Progress } from '../../shared/progress/report.ts';
import { answered, bootedBetween, bootMark, type Poll } from '../fleet/observed.ts';
import type { UpdateJournal } from '../storage/updates.ts';

/** A revision that was run and whose progress never changes is taken as settled after this many milliseconds. */
const settledAfter = 45_000;

/** An update of which the device, though it answers, says nothing that would end it is given up as unknown after this many. */
export const wordlessAfter = 300_000;

const finalStatuses = new Set(['DONE', 'UPDATED', 'WONTGO', 'ERROR', 'CANCEL', 'CANCELLED', 'CANCELED']);
const upStatuses = new Set(['STARTED', 'READY', 'MOUNTED']);

export function isFinal(status: string): boolean {
  return finalStatuses.has(status);
}

export interface Heeded {
  readonly journal: UpdateJournal;
  /** A report that differs from the last one. */
  readonly report: ProgressReport | undefined;
  readonly ended: boolean;
}

/**
 * What one poll says about an update on its way; pure. Silence is part of it: it is noted with its beginning, and ends nothing.
 * `state` is the text that was posted, to recognise it where a device tells no progress. `onHub`: the hub that it was posted to still
 * has the device; one that does not will never tell of it.
 */
export function heed(
  journal: UpdateJournal,
  last: ProgressReport | undefined,
  poll: Poll,
  state: string | undefined,
  onHub = journal.via === 'hub',
): Heeded {
  if (!answered(poll)) {
    const silent = { ...journal, linkLost: true, silentSince: journal.silentSince ?? poll.at };
    return { journal: silent, report: undefined, ended: false };
  }
  const { silentSince: _silent, ...rest } = journal;
  const progress = poll.focus?.revision === journal.revision ? poll.focus.progress : undefined;
  const heard: UpdateJournal = {
    ...rest,
    heardAt: poll.at,
    rebootSeen: journal.rebootSeen || bootedBetween(journal.bootBefore, bootMark(poll.deviceMeta)),
    seenMoving: withMoving(journal, poll),
    changeSeen: journal.changeSeen || (progress ? differsFromBefore(journal, progress) : false),
  };
  const ended = onHub ? hasEndedOnHub(progress) : hasEnded(heard, last, progress, poll, state);
  const report = progress && (ended || isOfThisUpdate(heard)) ? withBytes(reportOf(progress, poll.at), last) : undefined;
  const isNew = report !== undefined && !(last && sameReport(last, report));
  return { journal: heard, report: isNew ? report : undefined, ended };
}

/** Until something moved, a revision that ran before still reports how that went. */
function isOfThisUpdate(journal: UpdateJournal): boolean {
  return journal.kind === 'post' || journal.changeSeen || journal.linkLost || journal.rebootSeen;
}

/** A hub keeps every revision, and a device may be switched off for days before it takes one: only an end ends it. */
function hasEndedOnHub(progress: Progress | null | undefined): boolean {
  return progress !== undefined && progress !== null && isFinal(progress.status);
}

function hasEnded(
  journal: UpdateJournal,
  last: ProgressReport | undefined,
  progress: Progress | null | undefined,
  poll: Poll,
  state: string | undefined,
): boolean {
  const waited = poll.at - (journal.postedAt ?? journal.startedAt);
  if (progress === undefined) {
    if (poll.running !== undefined || poll.runningText === undefined) return false;
    // A device that told its progress before may still be on trial, and will tell again once SSH lets us in.
    return (last === undefined && poll.runningText === state) || waited > wordlessAfter;
  }
  if (progress === null) return waited > settledAfter;
  if (!isFinal(progress.status) || poll.running === undefined) return false;
  if (journal.kind === 'post') return true;
  const arrived = poll.running === journal.revision && journal.from !== journal.revision;
  if (journal.kind === 'run') return journal.changeSeen || arrived || waited > settledAfter;
  const cameBack = journal.linkLost || journal.rebootSeen;
  if (!cameBack) return waited > wordlessAfter;
  return progress.status !== 'UPDATED' || journal.changeSeen || waited > settledAfter;
}

function withMoving(journal: UpdateJournal, poll: Poll): string[] {
  const moving = (poll.containers ?? [])
    .filter((container) => !upStatuses.has(container.status))
    .map((container) => container.name);
  const gone = poll.containers
    ? journal.containersBefore.filter((name) => !poll.containers?.some((one) => one.name === name))
    : [];
  const isNew = (poll.containers ?? [])
    .map((container) => container.name)
    .filter((name) => !journal.containersBefore.includes(name));
  return [...new Set([...journal.seenMoving, ...moving, ...gone, ...isNew])].sort();
}

function differsFromBefore(journal: UpdateJournal, progress: Progress): boolean {
  const before = journal.progressBefore;
  return before === undefined || before.status !== progress.status || before.message !== progress.message;
}

function reportOf(progress: Progress, at: number): ProgressReport {
  return {
    heardAt: at,
    status: progress.status,
    message: progress.message,
    ...(progress.retries !== undefined && { retries: progress.retries }),
    ...(progress.downloads && { downloads: progress.downloads }),
    ...(progress.logs !== undefined && { logs: progress.logs }),
  };
}

/** Each report replaces the one before it, and not every one of a stage has the bytes again (hub.md §8). */
function withBytes(report: ProgressReport, last: ProgressReport | undefined): ProgressReport {
  if (report.downloads || last?.downloads === undefined || report.status !== last.status) return report;
  return { ...report, downloads: last.downloads };
}

function sameReport(a: ProgressReport, b: ProgressReport): boolean {
  return (
    a.status === b.status &&
    a.message === b.message &&
    a.retries === b.retries &&
    a.logs === b.logs &&
    a.downloads?.done === b.downloads?.done &&
    a.downloads?.total === b.downloads?.total
  );
}
