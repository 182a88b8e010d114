import { cancelled } from './deadline.ts';

/** Lets callers through one after the other, in the order in which they came. */
export class Turnstile {
  #last: Promise<void> = Promise.resolve();

  /**
   * Waits for its turn, and gives back what ends the turn (safe to call more than once).
   * Throws CANCELLED when the signal fires first; whoever waits behind is not held up by that.
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw cancelled();
    const before = this.#last;
    const { promise: turn, resolve: leave } = Promise.withResolvers<void>();
    this.#last = turn;
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const onAbort = () => reject(cancelled());
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await Promise.race([before, aborted]);
      return leave;
    } catch (error) {
      void before.then(leave);
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
