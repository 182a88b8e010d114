/** Going down and coming up again, and which revision the boot loader picks (bootloader.c, uboot.c, update.c). */
import { installed, startWaiting } from './containers.ts';
import { containerFailure, MESSAGE, objectFailure, progressOf } from './messages.ts';
import type { BootRecord, Container, Failure, Life, LifeFacts } from './model.ts';
import type { Turn } from './turn.ts';
import { arm, enter, log, report } from './turn.ts';

/** A revision that fails as it is booted takes this long to be given up. */
const FAILING_BOOT = 0.4;

/** Stops every container and restarts the runtime; with a failure it comes back as the last checkpoint. */
export function tearDown(turn: Turn, failure?: Failure): void {
  const running = turn.life.containers.filter((each) => each.status === 'STARTED' || each.status === 'STOPPING');
  turn.effects.push({ kind: 'disarm-all' });
  turn.life = { ...turn.life, stopsInHand: 0 };
  enter(
    turn,
    failure ? { kind: 'tearing-down', failure } : { kind: 'tearing-down' },
    0.5 + running.length * turn.facts.delays.stop,
  );
}

export function goDown(turn: Turn, failure?: Failure): void {
  turn.life = { ...turn.life, containers: [] };
  enter(turn, failure ? { kind: 'down', failure } : { kind: 'down' }, turn.facts.delays.restart);
}

/** The runtime starts: gives up a trial that failed or was booted before, or boots a new one, or the checkpoint. */
export function bootUp(turn: Turn, failure?: Failure): void {
  const { trial, checkpoint } = turn.life.boot;
  if (trial && (failure || trial.booted)) {
    giveUp(turn, trial.revision, failure ?? { message: MESSAGE.unexpectedRollback, logs: [] });
    bootRevision(turn, checkpoint);
    settle(turn);
  } else if (trial) {
    bootTrial(turn, trial.revision);
  } else {
    bootRevision(turn, checkpoint);
    settle(turn);
  }
}

function giveUp(turn: Turn, revision: string, failure: Failure): void {
  report(turn, revision, progressOf('ERROR', failure.message, failure.logs));
  log(turn, 'updater', `revision ${revision} failed: ${failure.message}`, 'ERROR');
  const { trial: _given, ...boot } = turn.life.boot;
  turn.life = { ...turn.life, boot };
}

function bootTrial(turn: Turn, revision: string): void {
  turn.life = { ...turn.life, boot: { ...turn.life.boot, trial: { revision, booted: true } } };
  bootRevision(turn, revision);
  const failure = bootFailure(turn, revision);
  if (failure !== 'none') {
    enter(turn, failure ? { kind: 'failing-boot', failure } : { kind: 'failing-boot' }, FAILING_BOOT);
    return;
  }
  turn.life = { ...turn.life, bootedIntoTrial: true };
  report(turn, revision, progressOf('INPROGRESS', MESSAGE.trying));
  enter(turn, { kind: 'trying', waited: 0 }, turn.facts.delays.trying);
  startWaiting(turn);
}

/** `undefined`: the runtime itself dies of the revision, and nobody is left to say why. */
function bootFailure(turn: Turn, revision: string): Failure | undefined | 'none' {
  const defect = turn.facts.defectOf(revision);
  if (defect === 'object') return objectFailure();
  if (defect === 'daemon') return undefined;
  const broken = turn.life.containers.find((each) => each.policy === 'system' && each.misbehaviour === 'cannot-start');
  return broken ? containerFailure(broken.name, 'not-running') : 'none';
}

function bootRevision(turn: Turn, revision: string): void {
  const boot = { ...turn.life.boot, running: revision, bootCount: turn.life.boot.bootCount + 1 };
  const containers = turn.facts.containersOf(revision, boot).map(installed);
  turn.life = {
    ...turn.life,
    boot,
    containers,
    bootedIntoTrial: false,
    stopsInHand: 0,
    sinceBoot: [turn.facts.stateOf(revision)],
  };
  log(turn, 'controller', `booting revision ${revision}`);
}

function settle(turn: Turn): void {
  enter(turn, { kind: 'idle' });
  startWaiting(turn);
}

/** Loss of power, or death of the runtime alone: whatever was under way is gone. */
export function cut(turn: Turn, what: 'board' | 'runtime', seconds: number): void {
  const { trial } = turn.life.boot;
  turn.effects.push({ kind: 'disarm-all' });
  if (trial && what === 'board' && turn.facts.bootLoader === 'forgets-try') {
    turn.life = { ...turn.life, boot: { ...turn.life.boot, trial: { ...trial, booted: false } } };
  }
  turn.life = { ...turn.life, containers: [], stopsInHand: 0 };
  enter(turn, { kind: 'off' });
  arm(turn, 'power', seconds);
}

/** The life of a device before it is switched on. */
export function restored(boot: BootRecord): Life {
  return { boot, phase: { kind: 'off' }, containers: [], stopsInHand: 0, bootedIntoTrial: false, sinceBoot: [] };
}

/** The life of a device that was left idle: everything runs, as it did. */
export function asLeft(boot: BootRecord, facts: LifeFacts): Life {
  const containers = facts.containersOf(boot.running, boot).map(
    (spec): Container => ({
      ...installed(spec),
      status: spec.goal === 'MOUNTED' ? 'MOUNTED' : 'STARTED',
      begun: true,
      stable: true,
    }),
  );
  return { ...restored(boot), phase: { kind: 'idle' }, containers, sinceBoot: [facts.stateOf(boot.running)] };
}
