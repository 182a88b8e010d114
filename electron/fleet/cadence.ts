/** Who looks at a device, and what it is doing: decides how often it is asked. */
export interface Attention {
  /** An update is in flight on it. */
  readonly updating: boolean;
  /** Somebody has the device's own screen open. */
  readonly deviceOpen: boolean;
  /** Somebody has the fleet open. */
  readonly fleetOpen: boolean;
  /** Its delays are those of the simulated fleet. */
  readonly demo: boolean;
  /** Polls in a row without an answer. */
  readonly failures: number;
}

const slowest = 120_000;

/** Milliseconds until the next poll. Polling slows down when nobody looks, and backs off from a device that is silent. */
export function pollInterval(attention: Attention): number {
  if (attention.updating) return attention.demo ? 200 : 1000;
  const base = attention.deviceOpen ? (attention.demo ? 1500 : 4000) : attention.fleetOpen ? 15_000 : 60_000;
  return Math.min(base * 2 ** Math.min(attention.failures, 3), slowest);
}
