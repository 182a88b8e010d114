import { Listeners } from './listeners.ts';

/** Who can see the program right now: windows that are hidden or closed count for nothing, whatever they subscribed to. */
export class Audience {
  /** Somebody came first, or the last one went. */
  readonly changes = new Listeners<void>();
  #windows = 0;

  get isLooking(): boolean {
    return this.#windows > 0;
  }

  /** Somebody looks, until the returned function is called. */
  join(): () => void {
    this.#windows += 1;
    if (this.#windows === 1) this.changes.tell();
    let here = true;
    return () => {
      if (!here) return;
      here = false;
      this.#windows -= 1;
      if (this.#windows === 0) this.changes.tell();
    };
  }
}
