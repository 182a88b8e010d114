/**
 * Many devices on one hub, cheaply: a resting one is a few words in memory. It wakes when a step was posted for it, runs its update
 * through the same life as every simulated device, over real HTTP, and rests again. Now and then each one tells its device-meta.
 */
import { type CancelTimer, scaledClock } from '../clock.ts';
import { DEVICE_DELAYS } from '../life/model.ts';
import { type Awake, statesOf, wakeUp } from './awake.ts';
import { hubHttp } from './http.ts';
import { beat, chat, type FleetDevice, hasPending, type Resting, remember, resting } from './resting.ts';

export type { FleetDevice } from './resting.ts';

/** The simulated hub as the fleet sees it. */
export type FleetHub = {
  readonly url: string;
  /** Tells of each step that is posted; stands in for the devices' polls every 5 seconds. */
  onStep(listener: (deviceId: string, revision: number) => void): unknown;
};

export type HubFleetOptions = {
  readonly hub: FleetHub;
  readonly credentials: readonly FleetDevice[];
  /** Real seconds for one device second. */
  readonly timeScale: number;
  readonly ca?: string;
  /** Device seconds between two tellings of one device; 600 by default, `Infinity` for none. */
  readonly beatSeconds?: number;
  /** How quickly objects arrive at each device, per device second. */
  readonly bytesPerSecond?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

export interface HubFleet {
  /** How many devices are awake. */
  awake(): number;
  /** So many devices tell a changed device-meta at once; resolves with how many the hub took. */
  changeAll(count: number): Promise<number>;
  /** Resolves once every device rests. */
  whenAtRest(): Promise<void>;
  close(): Promise<void>;
}

/** Requests of the whole fleet at one time. */
const CONNECTIONS = 24;
/** A machine that simulates a thousand devices is slow at times, which is no failure of theirs: they wait so long, in real seconds. */
const PATIENCE = 120;
/** The poll of a device that is woken comes within so many device seconds. */
const POLL_SECONDS = 5;

export function startHubFleet(options: HubFleetOptions): HubFleet {
  const { hub, credentials, timeScale, ca, beatSeconds = 600, bytesPerSecond, now = Date.now } = options;
  const clock = scaledClock(timeScale);
  const patience = Math.max(DEVICE_DELAYS.network, PATIENCE / timeScale);
  const http = hubHttp(hub.url, { ca, connections: CONNECTIONS });
  const connection = { url: hub.url, ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }) };
  const devices = new Map(credentials.map((each) => [each.id, resting(each)]));
  const order = [...devices.values()];
  /** Those that are awake or waking; `again` where a step came meanwhile. */
  const busy = new Map<Resting, { again: boolean; awake?: Awake }>();
  const closing = new Set<Promise<void>>();
  const waiters = new Set<() => void>();
  let closed = false;
  let turn = 0;
  let beatTimer: CancelTimer | undefined;

  function stepPosted(deviceId: string): void {
    const device = devices.get(deviceId);
    if (device && !closed) wakeSoon(device);
  }

  function wakeSoon(device: Resting): void {
    const already = busy.get(device);
    if (already) {
      already.again = true;
      return;
    }
    busy.set(device, { again: false });
    clock.after(Math.random() * POLL_SECONDS, () => void wake(device));
  }

  /** Where the hub is away, the device tries again as it would at its next poll. */
  async function wake(device: Resting): Promise<void> {
    const boot = await remember(device, http);
    const states = boot && (await statesOf(device, boot, http));
    const place = busy.get(device);
    if (closed || !place) return;
    if (!boot || !states) {
      clock.after(POLL_SECONDS, () => void wake(device));
      return;
    }
    place.again = false;
    const atRest = (): void => goToRest(device);
    place.awake = wakeUp({ device, boot, states, clock, http, connection, now, patience, atRest });
  }

  function goToRest(device: Resting): void {
    const place = busy.get(device);
    const awake = place?.awake;
    if (!place || !awake) return;
    delete place.awake;
    const done = awake.close().then(() => {
      busy.delete(device);
      closing.delete(done);
      if (place.again && !closed) wakeSoon(device);
      if (busy.size === 0) settle();
    });
    closing.add(done);
  }

  function settle(): void {
    for (const resolve of waiters) resolve();
    waiters.clear();
  }

  function nextBeat(): void {
    if (closed || order.length === 0 || !Number.isFinite(beatSeconds)) return;
    beatTimer = clock.after(beatSeconds / order.length, () => {
      const device = order[turn % order.length];
      turn += 1;
      void (device ? beatOf(device) : Promise.resolve()).then(nextBeat);
    });
  }

  /** A beat is also a line of log, and a poll: what was posted while nobody listened is found. */
  async function beatOf(device: Resting): Promise<void> {
    if (busy.has(device) || !(await beat(device, http))) return;
    await chat(device, http, now());
    if ((await hasPending(device, http)) && !closed) wakeSoon(device);
  }

  hub.onStep(stepPosted);
  nextBeat();

  return {
    awake: () => busy.size,
    async changeAll(count) {
      const told = await Promise.all(order.slice(0, count).map((device) => beat(device, http)));
      return told.filter(Boolean).length;
    },
    whenAtRest: () => (busy.size === 0 ? Promise.resolve() : new Promise((resolve) => waiters.add(resolve))),
    async close() {
      closed = true;
      beatTimer?.();
      clock.close();
      const awake = [...busy.values()].flatMap((place) => (place.awake ? [place.awake.close()] : []));
      http.close();
      await Promise.all([...awake, ...closing]);
      settle();
    },
  };
}
