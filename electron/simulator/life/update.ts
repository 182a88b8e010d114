/** The beginning of an update: a step of the hub is taken and its objects fetched (update/update.c), and the move itself begins. */
import { tearDown } from './boot.ts';
import { MESSAGE, MOST_RETRIES, progressOf, queuedProgress } from './messages.ts';
import type { Life, LifeEvent, Update } from './model.ts';
import type { Turn } from './turn.ts';
import { enter, log, report } from './turn.ts';

/** The device looks at a step before it fetches anything (pv_update_start_install). */
export function takeStep(turn: Turn, revision: string, retries: number): void {
  if (turn.life.phase.kind !== 'idle') return;
  report(turn, revision, queuedProgress(retries));
  if (retries + 1 >= MOST_RETRIES) {
    report(turn, revision, { ...progressOf('WONTGO', MESSAGE.maxProcessing), retries: retries + 1 });
    return;
  }
  const plan = turn.facts.plan(revision, turn.life);
  if (plan.kind === 'refused') report(turn, revision, { ...progressOf('WONTGO', plan.message), retries: retries + 1 });
  else enter(turn, { kind: 'fetching', revision });
}

type FetchEvent = Extract<LifeEvent, { kind: 'fetch' | 'fetched' | 'fetch-failed' }>;

/** What comes too late, after a loss of power, is left alone. */
export function fetching(turn: Turn, event: FetchEvent): void {
  const { phase } = turn.life;
  if (phase.kind !== 'fetching') return;
  switch (event.kind) {
    case 'fetch':
      report(turn, phase.revision, event.progress);
      break;
    case 'fetched':
      move(turn, phase.revision);
      break;
    case 'fetch-failed':
      report(turn, phase.revision, progressOf('WONTGO', event.message));
      enter(turn, { kind: 'idle' });
      break;
  }
}

function move(turn: Turn, revision: string): void {
  const plan = turn.facts.plan(revision, turn.life);
  if (plan.kind === 'move') {
    beginUpdate(turn, revision, plan.update);
    return;
  }
  report(turn, revision, progressOf('WONTGO', plan.message));
  enter(turn, { kind: 'idle' });
}

export function beginUpdate(turn: Turn, revision: string, update: Update): void {
  // The boot loader is armed before the states are compared (update.c): a cut from here on boots the new revision.
  turn.life = { ...turn.life, boot: { ...turn.life.boot, trial: { revision, booted: false } } };
  log(turn, 'updater', `running revision ${revision} with a ${update.transition} transition`);
  if (update.transition === 'reboot') {
    report(turn, revision, progressOf('INPROGRESS', MESSAGE.rebooting));
    tearDown(turn);
  } else {
    report(turn, revision, progressOf('INPROGRESS', MESSAGE.transitioning));
    enter(turn, { kind: 'stopping', update }, update.stops.length * turn.facts.delays.stop);
  }
}

/** Whether a revision runs that a failure would end. */
export function isOnTrial({ phase, boot }: Life): boolean {
  const onTrial = phase.kind === 'testing' || phase.kind === 'stabilising';
  return onTrial && boot.trial?.revision === boot.running;
}
