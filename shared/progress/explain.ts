import { messageRules } from './messages.ts';
import { type StatusName, statusName } from './report.ts';

/** The stations of an update, in order. `unknown` is where a status that Trailboss does not know stands. */
export const stages = ['posted', 'queued', 'downloading', 'moving', 'testing', 'end'] as const;
export type Stage = (typeof stages)[number];

/**
 * How it ended: `checkpoint` (DONE, the device can roll back to it), `stable` (UPDATED, it runs but is no checkpoint yet), `refused`
 * (WONTGO, the device stayed where it was), `failed` (ERROR, rolled back to the last checkpoint), `cancelled`, `none` (not ended).
 */
export type Outcome = 'none' | 'checkpoint' | 'stable' | 'refused' | 'failed' | 'cancelled';

export interface Explanation {
  readonly status: StatusName;
  readonly stage: Stage | 'unknown';
  /** A few words. */
  readonly title: string;
  /** A sentence or two on what it means and, on failure, what to look at. */
  readonly meaning: string;
  readonly final: boolean;
  readonly outcome: Outcome;
  /** False where the message is one that Trailboss does not know: then it is shown verbatim. */
  readonly known: boolean;
}

/** What a status and its message mean to a person. Never fails; what is not known is shown as it came. */
export function explain(status: string, message: string): Explanation {
  const name = statusName(status);
  const base = statusMeaning(name, status);
  if (message === '' || name === 'other') return { ...base, known: name !== 'other', meaning: base.meaning || message };
  for (const rule of messageRules) {
    const found = rule.statuses.includes(name) ? rule.pattern.exec(message) : null;
    if (found !== null) return { ...base, title: rule.title, meaning: rule.meaning(found.slice(1)), known: true };
  }
  return { ...base, title: message, known: false };
}

type Meaning = Omit<Explanation, 'known'>;

function running(status: StatusName, stage: Stage, title: string, meaning: string): Meaning {
  return { status, stage, title, meaning, final: false, outcome: 'none' };
}

function ended(status: StatusName, outcome: Outcome, title: string, meaning: string): Meaning {
  return { status, stage: 'end', title, meaning, final: true, outcome };
}

function statusMeaning(name: StatusName, verbatim: string): Meaning {
  switch (name) {
    case 'NEW':
      return running(name, 'posted', 'Posted', 'The device has not picked it up yet.');
    case 'SYNCING':
      return running(name, 'posted', 'Syncing', 'The first revision of the device is being synchronised.');
    case 'QUEUED':
      return running(name, 'queued', 'Queued', 'The device has the state, and is busy or trying again.');
    case 'DOWNLOADING':
      return running(name, 'downloading', 'Downloading', 'The device is fetching objects.');
    case 'INPROGRESS':
      return running(name, 'moving', 'Moving', 'The device is moving to the revision.');
    case 'TESTING':
      return running(name, 'testing', 'On probation', 'The revision runs; the device watches whether it stays up.');
    case 'UPDATED':
      return ended(
        name,
        'stable',
        'Updated',
        'The revision runs and is stable, but is no checkpoint: it becomes one at the next reboot.',
      );
    case 'DONE':
      return ended(
        name,
        'checkpoint',
        'Done',
        'The revision runs and is a checkpoint: a failure of a later one comes back to it.',
      );
    case 'WONTGO':
      return ended(name, 'refused', 'Refused', 'The device refused the revision before it began, and stayed where it was.');
    case 'ERROR':
      return ended(name, 'failed', 'Failed', 'The revision failed, and the device went back to its last checkpoint.');
    case 'CANCEL':
    case 'CANCELLED':
    case 'CANCELED':
      return ended(name, 'cancelled', 'Cancelled', 'It was cancelled before the device took it. Nothing changed.');
    case 'missing':
      return {
        status: name,
        stage: 'unknown',
        title: 'No report',
        meaning: 'The device gave no progress.',
        final: false,
        outcome: 'none',
      };
    case 'other':
      return { status: name, stage: 'unknown', title: verbatim, meaning: '', final: false, outcome: 'none' };
  }
}
