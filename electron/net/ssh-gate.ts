import { abortable } from './deadline.ts';
import { Turnstile } from './turnstile.ts';

/** A command's leave to run. */
export interface Pass {
  /** Lets the next command start. */
  readonly started: () => void;
  /** Gives the place back; does what `started` does too. */
  readonly leave: () => void;
}

/** How many sessions one connection holds at once: OpenSSH allows 10, and a person may have some open besides. */
const maxRunning = 8;

/** Lets commands start one after the other, and only so many run at once. */
export class SshGate {
  readonly #starts = new Turnstile();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** Throws CANCELLED when the signal fires before the command may start. */
  async enter(signal: AbortSignal): Promise<Pass> {
    while (this.#running >= maxRunning) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      await abortable(promise, signal);
    }
    this.#running += 1;
    let left = false;
    const free = () => {
      if (left) return;
      left = true;
      this.#running -= 1;
      for (const wake of this.#waiting.splice(0)) wake();
    };
    try {
      const started = await this.#starts.enter(signal);
      return {
        started,
        leave: () => {
          started();
          free();
        },
      };
    } catch (error) {
      free();
      throw error;
    }
  }
}
