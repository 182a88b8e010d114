/** Who looks at a device, and what it is doing: decides how often it is asked. */
export interface Attention {
  /** An update is in flight on it: one from here, or over a hub anybody's while somebody looks. */
  readonly updating: boolean;
  /** Somebody can see the program at all. */
  readonly looking: boolean;
  /** Somebody sees the device's own screen. */
  readonly deviceOpen: boolean;
  /** Somebody sees the fleet. */
  readonly fleetOpen: boolean;
  /** Its delays are those of the simulated fleet. */
  readonly demo: boolean;
  /** It is asked through its hub, whose changes tell of it as well. */
  readonly overHub: boolean;
  /** Polls in a row without an answer. */
  readonly failures: number;
  /** Devices that are asked on the local network, this one with them. */
  readonly neighbours: number;
}

/** Milliseconds between two polls of one device at rest, by who looks. */
const rests = { device: 4000, demoDevice: 1500, fleet: 15_000, elsewhere: 60_000, nobody: 300_000 } as const;
/** Milliseconds between two polls of any devices at rest, all together: a large fleet is asked more rarely, not more. */
const shares = { looking: 50, nobody: 1000, atStart: 20 } as const;
/** A silent device is asked so rarely at most while somebody looks; milliseconds. */
const slowest = 120_000;
/** However many there are. */
const slowestOfAll = 3_600_000;

/** Milliseconds until the next poll, before jitter. Polling slows down when nobody looks, and backs off from a device that is silent. */
export function pollInterval(attention: Attention): number {
  const { updating, looking, deviceOpen, demo, overHub, failures } = attention;
  if (updating && !overHub) return (demo ? 200 : 1000) * (looking ? 1 : 5);
  // Nobody looks: what the hub's changes tell is soon enough, and this is for what they leave out.
  if (updating && !deviceOpen) return demo ? 15_000 : 120_000;
  if (updating) return (demo ? 500 : 1500) * 2 ** Math.min(failures, 5);
  const rest = restInterval(attention);
  return Math.min(rest * 2 ** Math.min(failures, 3), Math.max(rest, slowest));
}

function restInterval({ looking, deviceOpen, fleetOpen, demo, neighbours }: Attention): number {
  if (deviceOpen) return demo ? rests.demoDevice : rests.device;
  const own = looking ? (fleetOpen ? rests.fleet : rests.elsewhere) : rests.nobody;
  return Math.min(Math.max(own, neighbours * (looking ? shares.looking : shares.nobody)), slowestOfAll);
}

/** So many devices are asked within one moment at the start, and when somebody comes back. */
const atOnce = 20;

/** Milliseconds over which the polls of so many devices are spread that are all due at the same time. */
export function spreadOver(neighbours: number): number {
  return neighbours <= atOnce ? 0 : neighbours * shares.atStart;
}

/** Tries of closed ways in a second, of all devices together; each of them tries every 15 s by itself once it is silent for long. */
const triesPerSecond = { looking: 20, nobody: 1 } as const;
const usualTry = 15;
/** However few there are. */
const patientWhenUnseen = 20;

/** So many times longer than usual a way that is closed is left alone before it is tried by itself. */
export function patience({ looking, neighbours }: Pick<Attention, 'looking' | 'neighbours'>): number {
  const share = neighbours / usualTry / (looking ? triesPerSecond.looking : triesPerSecond.nobody);
  return Math.max(share, looking ? 1 : patientWhenUnseen);
}

/** What decides how often an account is asked for what changed. */
export interface AccountAttention {
  /** Revisions are on their way to devices of it, from here or from elsewhere. */
  readonly updating: boolean;
  readonly looking: boolean;
  readonly fleetOpen: boolean;
  readonly demo: boolean;
  /** Tries in a row without an answer. */
  readonly failures: number;
  /** Milliseconds that the last one took. */
  readonly took: number;
}

const slowestFeed = 300_000;
/** A hub with much to tell is asked for a fifth of the time at most, and while nobody looks for a hundredth. */
const shareOfTime = { looking: 5, nobody: 100 } as const;

/** Milliseconds between two looks at what changed in an account; before jitter. */
export function feedInterval({ updating, looking, fleetOpen, demo, failures, took }: AccountAttention): number {
  const atWork = demo ? 1000 : 4000;
  const atRest = fleetOpen ? (demo ? 3000 : 15_000) : 60_000;
  const seen = updating ? atWork : atRest;
  const unseen = updating ? atWork * 5 : 120_000;
  const base = (looking ? seen : unseen) * 2 ** Math.min(failures, 6);
  return Math.min(Math.max(base, took * (looking ? shareOfTime.looking : shareOfTime.nobody)), slowestFeed);
}
