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
    const since = this.#now() - minute;
    const kept = this.#instants.findIndex((at) => at >= since);
    if (kept !== 0) this.#instants = kept < 0 ? [] : this.#instants.slice(kept);
  }
}
