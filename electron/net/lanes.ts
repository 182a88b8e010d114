import { cancelled } from './deadline.ts';
import { Turnstile } from './turnstile.ts';

/** Lets so many callers through at once; the others wait, in the order in which they came. */
export class Lanes {
  readonly #entrance = new Turnstile();
  #free: number;
  #onFree: () => void = () => {};

  constructor(count: number) {
    this.#free = count;
  }

  /** Runs the work in a lane. Throws CANCELLED when the signal fires before one is free, and whatever the work throws. */
  async run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    const leave = await this.#entrance.enter(signal);
    try {
      while (this.#free === 0) await this.#oneFree(signal);
      this.#free -= 1;
    } finally {
      leave();
    }
    try {
      return await work();
    } finally {
      this.#free += 1;
      this.#onFree();
    }
  }

  async #oneFree(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#onFree = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    if (signal.aborted) throw cancelled();
  }
}
