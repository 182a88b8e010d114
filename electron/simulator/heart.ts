/** Keeps a device's life going: holds the value, feeds it what happens, and sets its timers. */
import type { CancelTimer, Clock } from './clock.ts';
import { advance } from './life/advance.ts';
import type { Effect, Life, LifeEvent, LifeFacts, TimerName } from './life/model.ts';

/** An effect that is not about timers. */
export type Deed = Exclude<Effect, { kind: 'arm' | 'disarm' | 'disarm-all' }>;

export interface Heart {
  life(): Life;
  happen(event: LifeEvent): void;
  /** Puts another life in its place, as it was before the device was switched off. */
  resume(life: Life): void;
  /** Takes every timer back. */
  stop(): void;
}

type HeartOptions = {
  readonly first: Life;
  readonly facts: LifeFacts;
  readonly clock: Clock;
  readonly perform: (deed: Deed) => void;
  /** Called after each event, once its deeds are done. */
  readonly changed: (life: Life) => void;
};

export function startHeart({ first, facts, clock, perform, changed }: HeartOptions): Heart {
  const timers = new Map<TimerName, CancelTimer>();
  let life = first;

  function cancel(timer: TimerName): void {
    timers.get(timer)?.();
    timers.delete(timer);
  }

  function arm(timer: TimerName, seconds: number): void {
    cancel(timer);
    const fell = (): void => {
      timers.delete(timer);
      happen({ kind: 'due', timer });
    };
    timers.set(timer, clock.after(seconds, fell));
  }

  function follow(effect: Effect): void {
    switch (effect.kind) {
      case 'arm':
        arm(effect.timer, effect.seconds);
        break;
      case 'disarm':
        cancel(effect.timer);
        break;
      case 'disarm-all':
        for (const timer of [...timers.keys()]) cancel(timer);
        break;
      default:
        perform(effect);
    }
  }

  function happen(event: LifeEvent): void {
    const next = advance(life, event, facts);
    life = next.life;
    for (const effect of next.effects) follow(effect);
    changed(life);
  }

  return {
    life: () => life,
    happen,
    stop() {
      for (const timer of [...timers.keys()]) cancel(timer);
    },
    resume(next) {
      life = next;
      changed(life);
    },
  };
}
