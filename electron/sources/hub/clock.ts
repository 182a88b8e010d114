/** Less than this between the two clocks is the Date header's own coarseness, in milliseconds. */
const noise = 2000;

/** The hub's clock as seen from here, from the Date header of its answers: tokens end by the hub's clock, not by this computer's. */
export class HubClock {
  readonly #now: () => number;
  #skew = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes note of an answer's Date header (whole seconds); `askedAt` is when the question went out, by this computer's clock. */
  hear(date: string | undefined, askedAt: number): void {
    const at = date === undefined ? Number.NaN : Date.parse(date);
    if (Number.isNaN(at)) return;
    const skew = at + 500 - (askedAt + this.#now()) / 2;
    this.#skew = Math.abs(skew) < noise ? 0 : Math.round(skew);
  }

  /** Milliseconds since 1970, by this computer's clock. */
  local(): number {
    return this.#now();
  }

  /** Milliseconds since 1970, by the hub's clock. */
  now(): number {
    return this.#now() + this.#skew;
  }
}
