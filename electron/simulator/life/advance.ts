/**
 * The life of a device as one function: the life now and what happened give the life after and what to do.
 * The sequences, silences and ends are those that a client of a running device saw (fixtures/README.md).
 */
import { bootUp, cut, goDown, tearDown } from './boot.ts';
import { allStable, containerDue, control, installed, misbehave, startWaiting } from './containers.ts';
import { MESSAGE, objectFailure, progressOf } from './messages.ts';
import type {
  Container,
  Effect,
  Failure,
  Life,
  LifeEvent,
  LifeFacts,
  Phase,
  QueuedCommand,
  TimerName,
  Update,
  Voice,
} from './model.ts';
import type { Turn } from './turn.ts';
import { change, container, disarm, enter, report } from './turn.ts';
import { beginUpdate, fetching, isOnTrial, takeStep } from './update.ts';

/** A failure before the start is shown this long, without its logs, before the device goes back. */
const FAILURE_SHOWN = 0.25;

/** @returns the life after the event, and the effects in the order in which they happen. */
export function advance(
  life: Life,
  event: LifeEvent,
  facts: LifeFacts,
): { readonly life: Life; readonly effects: readonly Effect[] } {
  const turn: Turn = { life, facts, effects: [] };
  switch (event.kind) {
    case 'command':
      enter(turn, { kind: 'queued', command: event.command }, facts.delays.pickUp);
      break;
    case 'due':
      due(turn, event.timer);
      break;
    case 'step':
      takeStep(turn, event.revision, event.retries);
      break;
    case 'fetch':
    case 'fetched':
    case 'fetch-failed':
      fetching(turn, event);
      break;
    case 'hub-lost':
      if (isOnTrial(turn.life)) tearDown(turn, { message: MESSAGE.hubNotStable, logs: [] });
      break;
    case 'container':
      control(turn, event.name, event.action);
      break;
    case 'misbehaviour':
      misbehave(turn, event.name, event.misbehaviour);
      break;
    case 'cut':
      cut(turn, event.what, event.seconds);
      break;
    case 'power-on':
      bootUp(turn);
      break;
    default:
      assertNever(event);
  }
  if (turn.life.phase.kind === 'stabilising' && allStable(turn.life.containers)) beginCommit(turn);
  return { life: turn.life, effects: turn.effects };
}

/** What a caller meets while the device lives like this. */
export function voiceOf(life: Life): Voice {
  const voice = PHASE_VOICE[life.phase.kind];
  return voice === 'answering' && life.stopsInHand > 0 ? 'silent' : voice;
}

const PHASE_VOICE: Readonly<Record<Phase['kind'], Voice>> = {
  idle: 'answering',
  queued: 'answering',
  fetching: 'answering',
  refusing: 'silent',
  stopping: 'silent',
  'failed-before-start': 'answering',
  'tearing-down': 'silent',
  down: 'gone',
  'failing-boot': 'silent',
  trying: 'answering',
  testing: 'answering',
  stabilising: 'answering',
  committing: 'silent',
  off: 'gone',
};

function due(turn: Turn, timer: TimerName): void {
  const name = timer.slice(timer.indexOf(':') + 1);
  if (timer === 'phase') phaseDue(turn);
  else if (timer === 'power') bootUp(turn);
  else if (timer.startsWith('stable:')) becameStable(turn, name);
  else if (timer.startsWith('stop:')) turn.life = { ...turn.life, stopsInHand: Math.max(0, turn.life.stopsInHand - 1) };
  else failed(turn, containerDue(turn, name));
}

function failed(turn: Turn, failure: Failure | undefined): void {
  if (failure) tearDown(turn, turn.life.boot.trial ? failure : undefined);
}

function becameStable(turn: Turn, name: string): void {
  if (container(turn, name)?.status === 'STARTED') change(turn, name, { stable: true, retries: 0 });
}

function phaseDue(turn: Turn): void {
  const { phase } = turn.life;
  switch (phase.kind) {
    case 'queued':
      pickUp(turn, phase.command);
      break;
    case 'refusing':
      report(turn, phase.revision, progressOf('WONTGO', phase.message));
      enter(turn, { kind: 'idle' });
      break;
    case 'stopping':
      stopped(turn, phase.update);
      break;
    case 'failed-before-start':
      report(turn, phase.revision, progressOf('ERROR', MESSAGE.objectInvalid, objectFailure().logs));
      tearDown(turn);
      break;
    case 'tearing-down':
      goDown(turn, phase.failure);
      break;
    case 'down':
      bootUp(turn, phase.failure);
      break;
    case 'failing-boot':
      goDown(turn, phase.failure);
      break;
    case 'trying':
      tried(turn, phase.waited);
      break;
    case 'testing':
      tested(turn);
      break;
    case 'committing':
      committed(turn);
      break;
    case 'idle':
    case 'fetching':
    case 'stabilising':
    case 'off':
      break;
    default:
      assertNever(phase);
  }
}

function pickUp(turn: Turn, command: QueuedCommand): void {
  switch (command.kind) {
    case 'run':
      beginRun(turn, command.revision, command.commit);
      break;
    case 'reboot':
      tearDown(turn);
      break;
    case 'power-off':
      turn.life = { ...turn.life, containers: [], stopsInHand: 0 };
      turn.effects.push({ kind: 'disarm-all' });
      enter(turn, { kind: 'off' });
      break;
    default:
      assertNever(command);
  }
}

function beginRun(turn: Turn, revision: string, commit: boolean): void {
  const plan = turn.facts.plan(revision, turn.life);
  if (plan.kind === 'refused') enter(turn, { kind: 'refusing', revision, message: plan.message }, turn.facts.delays.refusal);
  else beginUpdate(turn, revision, commit ? { ...plan.update, transition: 'reboot' } : plan.update);
}

/** The containers that change have stopped; only now the device looks at what it is about to start. */
function stopped(turn: Turn, update: Update): void {
  if (update.defect === 'object') failBeforeStart(turn, update);
  else if (update.defect === 'daemon') goDown(turn);
  else startNext(turn, update);
}

function failBeforeStart(turn: Turn, update: Update): void {
  for (const name of update.stops) change(turn, name, { status: 'INSTALLED', begun: false });
  report(turn, update.revision, progressOf('ERROR', MESSAGE.objectInvalid));
  const { trial: _given, ...boot } = turn.life.boot;
  turn.life = { ...turn.life, boot };
  enter(turn, { kind: 'failed-before-start', revision: update.revision }, FAILURE_SHOWN);
}

function startNext(turn: Turn, update: Update): void {
  const boot = { ...turn.life.boot, running: update.revision };
  const sinceBoot = [...turn.life.sinceBoot, turn.facts.stateOf(update.revision)];
  turn.life = { ...turn.life, boot, sinceBoot, bootedIntoTrial: false, containers: carriedOver(turn, update) };
  report(turn, update.revision, progressOf('INPROGRESS', MESSAGE.trying));
  enter(turn, { kind: 'trying', waited: 0 }, turn.facts.delays.trying);
  startWaiting(turn);
}

/** Containers that were not stopped keep running as they are; they are listed before the ones that start. */
function carriedOver(turn: Turn, update: Update): readonly Container[] {
  const specs = turn.facts.containersOf(update.revision, { ...turn.life.boot, running: update.revision });
  const kept = turn.life.containers.filter(
    (each) => !update.stops.includes(each.name) && specs.some((spec) => spec.name === each.name),
  );
  const fresh = specs.filter((spec) => !kept.some((each) => each.name === spec.name));
  for (const name of update.stops) {
    disarm(turn, `stable:${name}`);
    disarm(turn, `container:${name}`);
  }
  return [...kept, ...fresh.map(installed)];
}

/** A revision from the hub is only tested once the hub is reached from it, and given up where it is not (pantavisor.c, pv_wait_network). */
function tried(turn: Turn, waited: number): void {
  if (turn.facts.awaitsHub?.(turn.life.boot.running) !== true) beginTesting(turn);
  else if (waited >= turn.facts.delays.network) tearDown(turn, { message: MESSAGE.hubNotReachable, logs: [] });
  else enter(turn, { kind: 'trying', waited: waited + 1 }, 1);
}

function beginTesting(turn: Turn): void {
  const { running } = turn.life.boot;
  report(turn, running, progressOf('TESTING', turn.life.bootedIntoTrial ? MESSAGE.awaitingCheckpoint : MESSAGE.awaitingStable));
  enter(turn, { kind: 'testing' }, turn.life.containers.length === 0 ? 0 : turn.facts.delays.commitDelay);
}

function tested(turn: Turn): void {
  if (allStable(turn.life.containers)) {
    beginCommit(turn);
  } else {
    report(turn, turn.life.boot.running, progressOf('TESTING', MESSAGE.waitingForContainers));
    enter(turn, { kind: 'stabilising' });
  }
}

function beginCommit(turn: Turn): void {
  enter(turn, { kind: 'committing' }, turn.facts.delays.commit);
}

/** A trial that was booted becomes the checkpoint; one that was moved to stays a trial until the next boot. */
function committed(turn: Turn): void {
  const { boot, bootedIntoTrial } = turn.life;
  if (bootedIntoTrial) {
    const { trial: _kept, ...rest } = boot;
    turn.life = { ...turn.life, boot: { ...rest, checkpoint: boot.running } };
    report(turn, boot.running, progressOf('DONE', MESSAGE.done));
  } else {
    report(turn, boot.running, progressOf('UPDATED', MESSAGE.updated));
  }
  enter(turn, { kind: 'idle' });
}

function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
