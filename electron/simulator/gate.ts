import { Unreachable } from './exchange.ts';
import type { Voice } from './life/model.ts';

/** Where requests wait while the device is silent, and are reset when it goes away. */
export interface Gate {
  /** Resolves when the device answers; throws {@link Unreachable} when it is, or goes, away. */
  enter(): Promise<void>;
  setVoice(voice: Voice): void;
  voice(): Voice;
}

type Waiter = { readonly resolve: () => void; readonly reject: (error: Error) => void };

export function openGate(): Gate {
  let voice: Voice = 'gone';
  let waiters: Waiter[] = [];

  function release(settle: (waiter: Waiter) => void): void {
    const held = waiters;
    waiters = [];
    for (const waiter of held) settle(waiter);
  }

  return {
    async enter() {
      if (voice === 'answering') return;
      if (voice === 'gone') throw new Unreachable('refused');
      await new Promise<void>((resolve, reject) => waiters.push({ resolve, reject }));
    },
    setVoice(next) {
      voice = next;
      if (next === 'answering') release((waiter) => waiter.resolve());
      if (next === 'gone') release((waiter) => waiter.reject(new Unreachable('reset')));
    },
    voice: () => voice,
  };
}
