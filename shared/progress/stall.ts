import type { Stage } from './explain.ts';
import { explain } from './explain.ts';
import type { HeardReport } from './report.ts';

/** No news of a stage for longer than that. `since`: the last news, in milliseconds since 1970; `usual`: milliseconds. */
export interface Stall {
  readonly stage: Stage;
  readonly since: number;
  readonly usual: number;
}

/** How long a stage may go without news on a device whose earlier updates are not known. */
const withoutHistory: Readonly<Record<Stage, number>> = {
  posted: 120_000,
  queued: 600_000,
  downloading: 300_000,
  moving: 300_000,
  testing: 300_000,
  end: Number.POSITIVE_INFINITY,
};

/** A device that is usually quick is given so much time all the same: a reboot, a retry, a busy network. */
const atLeast: Readonly<Record<Stage, number>> = {
  posted: 60_000,
  queued: 60_000,
  downloading: 60_000,
  moving: 120_000,
  testing: 120_000,
  end: Number.POSITIVE_INFINITY,
};

/** @param earlier how long the stage took in earlier updates of the device, in milliseconds */
export function usualTime(stage: Stage, earlier: readonly number[]): number {
  const median = [...earlier].sort((a, b) => a - b)[Math.floor(earlier.length / 2)];
  return median === undefined ? withoutHistory[stage] : Math.max(3 * median, atLeast[stage]);
}

/**
 * Whether an update stands still at `now`: nothing new was heard for longer than its stage usually takes. A revision on a hub that its
 * device has not taken yet is no stall: a device may be switched off for days (`waits`).
 */
export function stallOf(
  update: {
    readonly reports: readonly HeardReport[];
    /** When it was posted: the first news. */
    readonly postedAt: number;
    /** Nobody but the device decides when it takes the revision. */
    readonly waits: boolean;
    readonly earlier: (stage: Stage) => readonly number[];
  },
  now: number,
): Stall | undefined {
  const last = update.reports.at(-1);
  const stage = last === undefined ? 'posted' : explain(last.status, last.message).stage;
  if (stage === 'unknown' || stage === 'end' || (stage === 'posted' && update.waits)) return undefined;
  const since = Math.max(last?.heardAt ?? 0, update.postedAt);
  const usual = usualTime(stage, update.earlier(stage));
  return now - since > usual ? { stage, since, usual } : undefined;
}
