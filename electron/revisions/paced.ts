import { Listeners } from '../fleet/listeners.ts';

/** Milliseconds between two words, and how many more for each thing in what is told. */
const least = 250;
const perThing = 0.05;

/** Tells that something changed at once, and then about four times a second at most; what is large is told less often. */
export class Paced {
  readonly changes = new Listeners<void>();
  readonly #size: () => number;
  #timer: NodeJS.Timeout | undefined;
  #again = false;

  /** `size`: how many things the next message has. */
  constructor(size: () => number) {
    this.#size = size;
  }

  touch(): void {
    if (this.#timer !== undefined) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        if (this.#again) this.touch();
      },
      least + this.#size() * perThing,
    );
    this.changes.tell();
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
