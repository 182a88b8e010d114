/** Containers: starting, recovering with growing delays, becoming stable, and being stopped by request (platforms.c, state.c). */

import { containerFailure } from './messages.ts';
import type { Container, ContainerSpec, Failure, Misbehaviour } from './model.ts';
import type { Turn } from './turn.ts';
import { arm, change, container, disarm, print } from './turn.ts';

/** A container that exits lives this long the first time, and dies at once when it is started again. Device seconds. */
const FIRST_CRASH = 0.9;
const NEXT_CRASH = 0.1;
/** A recovering container waits as INSTALLED for the main loop before it is started. */
const PAUSE_BEFORE_RESTART = 1.9;
/** A halted container that is asked to start waits as INSTALLED for one turn of the main loop. */
const PAUSE_AFTER_REQUEST = 0.02;
/** A system container that cannot run fails before TESTING is reported. */
const SYSTEM_CRASH = 0.2;
/** The control socket is silent while a stop is attempted. */
const STOP_SILENCE = 5;
/** From the end of that silence until the container has stopped. */
const STOP_REST = 6;
/** STOPPED shows `user_stopped` false for a moment first. */
const STOP_MARK = 1;

export function installed(spec: ContainerSpec): Container {
  return { ...spec, status: 'INSTALLED', retries: 0, stable: false, userStopped: false, begun: false, afterStop: 'stay' };
}

/** Starts what waits: system containers first; the others are BLOCKED until those run. */
export function startWaiting(turn: Turn): void {
  const systemWaits = turn.life.containers.some((each) => each.policy === 'system' && isComingUp(each));
  for (const each of turn.life.containers) {
    if (each.status !== 'INSTALLED' && each.status !== 'BLOCKED') continue;
    if (each.userStopped) continue;
    if (each.policy === 'container' && systemWaits) {
      if (each.status !== 'BLOCKED') change(turn, each.name, { status: 'BLOCKED' });
    } else {
      start(turn, each);
    }
  }
}

function isComingUp(each: Container): boolean {
  return each.status === 'INSTALLED' || each.status === 'BLOCKED' || each.status === 'STARTING';
}

function start(turn: Turn, each: Container): void {
  if (each.goal === 'MOUNTED') {
    change(turn, each.name, { status: 'MOUNTED', begun: true });
    return;
  }
  change(turn, each.name, { status: 'STARTING', stable: false, begun: true });
  print(turn, each, 'starting');
  arm(turn, `container:${each.name}`, each.misbehaviour ? crashAfter(each) : turn.facts.delays.start);
}

function crashAfter(each: Container): number {
  if (each.policy === 'system') return SYSTEM_CRASH;
  return each.retries === 0 ? FIRST_CRASH : NEXT_CRASH;
}

/** A container's timer fell due. Returns the failure when it cannot be recovered any more. */
export function containerDue(turn: Turn, name: string): Failure | undefined {
  const each = container(turn, name);
  if (!each) return undefined;
  switch (each.status) {
    case 'STARTING':
      return each.misbehaviour ? crash(turn, each) : started(turn, each);
    case 'RECOVERING':
      change(turn, name, { status: 'INSTALLED' });
      arm(turn, `container:${name}`, PAUSE_BEFORE_RESTART);
      return undefined;
    case 'INSTALLED':
      start(turn, each);
      return undefined;
    case 'STOPPING':
      return stopped(turn, each);
    case 'STOPPED':
      change(turn, name, { userStopped: true });
      return undefined;
    default:
      return undefined;
  }
}

function started(turn: Turn, each: Container): undefined {
  change(turn, each.name, { status: 'STARTED' });
  print(turn, each, 'ready');
  if (each.recovery) arm(turn, `stable:${each.name}`, each.recovery.stableTimeout);
  if (each.policy === 'system') startWaiting(turn);
}

function stopped(turn: Turn, each: Container): undefined {
  if (each.afterStop === 'restart') {
    change(turn, each.name, { status: 'INSTALLED', retries: 0, userStopped: false });
    arm(turn, `container:${each.name}`, PAUSE_BEFORE_RESTART);
  } else {
    change(turn, each.name, { status: 'STOPPED' });
    arm(turn, `container:${each.name}`, STOP_MARK);
  }
}

function crash(turn: Turn, each: Container): Failure | undefined {
  if (each.misbehaviour === 'crashes') print(turn, each, 'fatal: exit 7');
  const how = each.misbehaviour === 'cannot-start' ? 'not-running' : 'stopped';
  const { recovery } = each;
  if (!recovery || each.retries >= recovery.maxRetries) return containerFailure(each.name, how, each.retries);
  const retries = each.retries + 1;
  change(turn, each.name, { status: 'RECOVERING', retries });
  arm(turn, `container:${each.name}`, recovery.retryDelay * recovery.backoffFactor ** (retries - 1));
  return undefined;
}

/** Switches a container's misbehaviour, but in the checkpoint, which always runs; one that runs exits at once. */
export function misbehave(turn: Turn, name: string, misbehaviour: Misbehaviour | undefined): void {
  const each = container(turn, name);
  if (!each || turn.life.boot.running === turn.life.boot.checkpoint) return;
  const { misbehaviour: _before, ...rest } = each;
  const next: Container = misbehaviour ? { ...rest, misbehaviour } : rest;
  turn.life = { ...turn.life, containers: turn.life.containers.map((other) => (other === each ? next : other)) };
  if (!misbehaviour || each.status !== 'STARTED') return;
  change(turn, name, { status: 'STARTING', stable: false });
  disarm(turn, `stable:${name}`);
  arm(turn, `container:${name}`, 0);
}

/** Nothing that recovers by itself is still on probation; what was stopped by request is not waited for. */
export function allStable(containers: readonly Container[]): boolean {
  return containers.every((each) => !each.recovery || (each.stable && each.status !== 'STOPPING') || each.status === 'STOPPED');
}

/** A request to start, stop or restart a container (ctrl_containers_ep.c); refusals were made before. */
export function control(turn: Turn, name: string, action: 'start' | 'stop' | 'restart'): void {
  const each = container(turn, name);
  if (!each) return;
  const halted = each.status === 'STOPPED' || each.status === 'RECOVERING';
  if (action !== 'stop' && halted) {
    change(turn, name, { status: 'INSTALLED', retries: 0, userStopped: false });
    arm(turn, `container:${name}`, PAUSE_AFTER_REQUEST);
  } else if (action === 'stop' && halted) {
    change(turn, name, { status: 'STOPPED', userStopped: true });
    disarm(turn, `container:${name}`);
  } else if (each.status === 'STOPPING') {
    change(turn, name, { afterStop: action === 'stop' ? 'stay' : 'restart' });
  } else if (action !== 'start') {
    beginStop(turn, each, action === 'stop' ? 'stay' : 'restart');
  }
}

function beginStop(turn: Turn, each: Container, afterStop: Container['afterStop']): void {
  disarm(turn, `stable:${each.name}`);
  change(turn, each.name, { status: 'STOPPING', afterStop });
  turn.life = { ...turn.life, stopsInHand: turn.life.stopsInHand + 1 };
  arm(turn, `stop:${each.name}`, STOP_SILENCE);
  arm(turn, `container:${each.name}`, STOP_SILENCE + STOP_REST);
}
