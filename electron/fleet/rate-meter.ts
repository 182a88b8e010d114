const minute = 60_000;

/** Counts how often something happened in the last minute. */
export class RateMeter {
  readonly #now: () => number;
  #instants: number[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  count(): void {
    this.#forget();
    this.#instants.push(this.#now());
  }

  get perMinute(): number {
    this.#forget();
    return this.#instants.length;
  }

  #forget(): void {
    const now = this.#now();
    // A clock that was set back leaves instants that are still to come.
    if ((this.#instants.at(-1) ?? now) > now) this.#instants = this.#instants.filter((at) => at <= now);
    const kept = this.#instants.findIndex((at) => at >= now - minute);
    if (kept !== 0) this.#instants = kept < 0 ? [] : this.#instants.slice(kept);
  }
}
