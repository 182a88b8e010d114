import type { ProgressReport, UpdateView } from '../../shared/contract/update.ts';
import { explain } from '../../shared/progress/explain.ts';
import { verdict } from '../../shared/progress/verdict.ts';
import type { UpdateJournal } from '../storage/updates.ts';

type Outcome = NonNullable<UpdateView['outcome']>;

/**
 * How an update ended, where the device is now, and the forecast held against it; pure. Where the device tells no progress,
 * an update ended when its state was seen to run: how well is unknown.
 */
export function outcomeOf(journal: UpdateJournal, reports: readonly ProgressReport[], runningHeard: string | undefined): Outcome {
  const last = reports.at(-1);
  const result = resultOf(journal, last, runningHeard);
  const runningNow = journal.via === 'hub' ? runningByHub(journal, result, runningHeard) : runningHeard;
  const rebooted = rebootObserved(journal, result, reports.some(saysReboot));
  const rolledBack = result === 'failed' && runningNow !== undefined && runningNow !== journal.revision ? runningNow : undefined;
  const lost = rolledBack !== undefined && rolledBack === journal.rollbackTo ? journal.lostOnFailure : [];
  return {
    result,
    ...(runningNow !== undefined && { runningNow }),
    ...(rolledBack !== undefined && { rolledBackTo: rolledBack }),
    lost,
    ...(rebooted !== undefined && { rebooted }),
    verdict: verdictLines(journal, last, rebooted),
  };
}

/** The device's last word before it reboots (pantavisor update.c; shared/progress/messages.ts). */
function saysReboot({ status, message }: ProgressReport): boolean {
  return status === 'INPROGRESS' && message === 'Rebooting';
}

/** A device tells its hub how an update ended before it tells what it runs. */
function runningByHub(journal: UpdateJournal, result: Outcome['result'], heard: string | undefined): string | undefined {
  if (result === 'done' || result === 'updated') return journal.revision;
  return heard === journal.revision ? undefined : heard;
}

function resultOf(journal: UpdateJournal, last: ProgressReport | undefined, runningNow: string | undefined): Outcome['result'] {
  // The status is from before: the device may never have heard that it should run it.
  if (journal.kind === 'run' && !journal.changeSeen && runningNow !== journal.revision) return 'unknown';
  if (journal.kind === 'reboot' && !journal.rebootSeen && !journal.linkLost) return 'unknown';
  const { outcome } = explain(last?.status ?? '', last?.message ?? '');
  switch (outcome) {
    case 'failed':
      return 'failed';
    case 'refused':
    case 'cancelled':
      return 'refused';
    case 'none':
      return 'unknown';
    case 'checkpoint':
      return journal.kind === 'reboot' ? 'rebooted' : 'done';
    case 'stable':
      return journal.kind === 'reboot' ? 'rebooted' : 'updated';
  }
}

/**
 * A reboot shows as a younger boot time. A link that stayed up throughout, or an end in UPDATED, rules it out; a link that was lost
 * before a DONE speaks for it where the device tells no boot time. Anything else is left open.
 */
function rebootObserved(journal: UpdateJournal, result: Outcome['result'], rebootTold: boolean): boolean | undefined {
  if (result === 'updated') return false;
  if (journal.rebootSeen) return true;
  // Behind a hub nobody sees the device go: its own word on when it booted comes late, or not at all.
  // It says before it goes that it reboots, and came to its end after that.
  if (journal.via === 'hub') return rebootTold && result === 'done' ? true : undefined;
  if (journal.heardAt === undefined || result === 'unknown') return undefined;
  if (!journal.linkLost) return false;
  return journal.bootBefore === undefined && (result === 'done' || result === 'rebooted') ? true : undefined;
}

function verdictLines(
  journal: UpdateJournal,
  last: ProgressReport | undefined,
  rebooted: boolean | undefined,
): Outcome['verdict'] {
  const { forecast } = journal;
  if (forecast?.kind !== 'move') return [];
  const seen = (names: readonly string[]) => names.filter((name) => journal.seenMoving.includes(name));
  const others = journal.seenMoving.filter(
    (name) => ![...forecast.restarts, ...forecast.starts, ...forecast.stops].includes(name),
  );
  const lines = verdict(forecast, {
    rebooted: rebooted ?? 'unknown',
    containersRestarted: observedNames(forecast.restarts, [...seen(forecast.restarts), ...others]),
    containersStarted: observedNames(forecast.starts, seen(forecast.starts)),
    containersStopped: observedNames(forecast.stops, seen(forecast.stops)),
    finalStatus: last?.status ?? '',
  });
  return lines.map(({ what, forecast: foreseen, actual, agrees }) => ({ what, forecast: foreseen, actual, agrees }));
}

/** A container that was forecast to move and was not seen to may have been quicker than the polls: then it is unknown, not denied. */
function observedNames(forecast: readonly string[], seen: readonly string[]): readonly string[] | 'unknown' {
  return forecast.every((name) => seen.includes(name)) || seen.some((name) => !forecast.includes(name)) ? seen : 'unknown';
}
