/** How much was sent at an instant. */
export interface RateSample {
  readonly at: number;
  readonly bytes: number;
}

/** The rate is taken over this many milliseconds, so that it follows the network without jumping. */
export const rateWindow = 5000;

/** Adds a sample and forgets those that are older than the window; fewer bytes than before (a new upload) starts anew. */
export function withSample(samples: readonly RateSample[], sample: RateSample): readonly RateSample[] {
  const last = samples.at(-1);
  if (last !== undefined && sample.bytes < last.bytes) return [sample];
  return [...samples.filter((one) => sample.at - one.at <= rateWindow), sample];
}

/** Bytes per second over the window; undefined until there is something to measure. */
export function rateOf(samples: readonly RateSample[]): number | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < 500) return undefined;
  return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
}
