/** Who looks at a device, and what it is doing: decides how often it is asked. */
export interface Attention {
  /** An update is in flight on it: one from here, or over a hub anybody's while somebody looks. */
  readonly updating: boolean;
  /** Somebody has the device's own screen open. */
  readonly deviceOpen: boolean;
  /** Somebody has the fleet open. */
  readonly fleetOpen: boolean;
  /** Its delays are those of the simulated fleet. */
  readonly demo: boolean;
  /** It is asked through its hub, whose changes tell of it as well. */
  readonly overHub: boolean;
  /** Polls in a row without an answer. */
  readonly failures: number;
}

const slowest = 120_000;

/** Milliseconds until the next poll. Polling slows down when nobody looks, and backs off from a device that is silent. */
export function pollInterval(attention: Attention): number {
  const { updating, deviceOpen, demo, overHub } = attention;
  const base = deviceOpen ? (demo ? 1500 : 4000) : attention.fleetOpen ? 15_000 : 60_000;
  const wait = Math.min(base * 2 ** Math.min(attention.failures, 3), slowest);
  if (!updating) return wait;
  if (!overHub) return demo ? 200 : 1000;
  // Nobody looks: what the hub's changes tell is soon enough, and this is for what they leave out.
  if (!deviceOpen) return demo ? 15_000 : 120_000;
  return (demo ? 500 : 1500) * 2 ** Math.min(attention.failures, 5);
}

/** What decides how often an account is asked for what changed. */
export interface AccountAttention {
  /** Revisions are on their way to devices of it, from here or from elsewhere. */
  readonly updating: boolean;
  readonly fleetOpen: boolean;
  readonly demo: boolean;
  /** Tries in a row without an answer. */
  readonly failures: number;
  /** Milliseconds that the last one took. */
  readonly took: number;
}

const slowestFeed = 300_000;
/** A hub with much to tell is asked for a fifth of the time at most. */
const shareOfTime = 5;

/** Milliseconds between two looks at what changed in an account; before jitter. */
export function feedInterval({ updating, fleetOpen, demo, failures, took }: AccountAttention): number {
  const base = updating ? (demo ? 1000 : 4000) : fleetOpen ? (demo ? 3000 : 15_000) : 60_000;
  return Math.min(Math.max(base * 2 ** Math.min(failures, 6), took * shareOfTime), slowestFeed);
}
