import type { Container, Effect, Life, LifeFacts, Phase, Progress, TimerName } from './model.ts';
import { FACTORY } from './model.ts';

/** One event being answered: the life as it becomes, and what the shell has to do about it. */
export type Turn = { life: Life; readonly facts: LifeFacts; readonly effects: Effect[] };

export function arm(turn: Turn, timer: TimerName, seconds: number): void {
  turn.effects.push({ kind: 'arm', timer, seconds });
}

export function disarm(turn: Turn, timer: TimerName): void {
  turn.effects.push({ kind: 'disarm', timer });
}

/** Enters a phase; it lasts `seconds`, or until something else happens. */
export function enter(turn: Turn, phase: Phase, seconds?: number): void {
  turn.life = { ...turn.life, phase };
  disarm(turn, 'phase');
  if (seconds !== undefined) arm(turn, 'phase', seconds);
}

/** Sets a revision's progress; the factory revision keeps its own for ever. */
export function report(turn: Turn, revision: string, progress: Progress): void {
  if (revision !== FACTORY) turn.effects.push({ kind: 'progress', revision, progress });
}

export function log(turn: Turn, module: string, text: string, level: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' = 'INFO'): void {
  turn.effects.push({ kind: 'log', level, module, text });
}

export function container(turn: Turn, name: string): Container | undefined {
  return turn.life.containers.find((each) => each.name === name);
}

export function change(turn: Turn, name: string, changes: Partial<Container>): void {
  const containers = turn.life.containers.map((each) => (each.name === name ? { ...each, ...changes } : each));
  turn.life = { ...turn.life, containers };
  if (changes.status) log(turn, 'platforms', `(pv_platform_set_status:238) platform '${name}' status is now ${changes.status}`);
}

/** A line on a container's console. */
export function print(turn: Turn, { name }: Container, text: string): void {
  turn.effects.push({ kind: 'console', container: name, line: `${name}: ${text}` });
}
