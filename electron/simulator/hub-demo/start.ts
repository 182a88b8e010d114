/** The demo hub: a simulated hub with an account and some 300 devices, a few of them always at something. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readText, writeWhole } from '../disk.ts';
import { readJson } from '../exchange.ts';
import { type SimulatedHub, startSimulatedHub } from '../hub/index.ts';
import { type HubFleet, startHubFleet } from '../hub-side/fleet.ts';
import { hubHttp } from '../hub-side/http.ts';
import { openCatalogue } from './history.ts';
import { LAN_DEVICE, seedLanDevice } from './lan-device.ts';
import { plannedDevices } from './plan.ts';
import { rollOut } from './rollout.ts';
import { fleetDeviceOf, identityOf, isHeardOf, seedPlanned } from './seed.ts';

export type DemoHubOptions = {
  /** Where the hub keeps everything. What is there is continued. */
  readonly dir: string;
  /** Real seconds for one device second. */
  readonly timeScale: number;
  /** Milliseconds since 1970; the machine's own clock where it is left out. */
  readonly now?: () => number;
};

/** A device of the demo fleet that is on the hub as well: what `startDemoFleet` has to be told of it. */
export type LanHubDevice = { readonly name: string; readonly url: string; readonly id: string; readonly secret: string };

export interface DemoHub {
  readonly url: string;
  readonly account: { readonly nick: string; readonly email: string; readonly password: string };
  /** How many devices the account has. */
  readonly devices: number;
  readonly lanDevices: readonly LanHubDevice[];
  /** The hub itself, to switch faults on, and the fleet on it. */
  readonly hub: SimulatedHub;
  readonly fleet: HubFleet;
  close(): Promise<void>;
}

const NICK = 'acme-fleet';
const EMAIL = 'fleet@acme.example.com';
const QUOTA = 50 * 1024 ** 3;
/** Bytes per device second at which ordinary devices fetch. */
const PACE = 60_000;

const recordSchema = z.object({ salt: z.string(), password: z.string(), port: z.number(), seeded: z.boolean() });

/** Starts the hub, at the port that it had the last time where that is free. A first start takes a second or two. */
export async function startDemoHub({ dir, timeScale, now = Date.now }: DemoHubOptions): Promise<DemoHub> {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'demo-hub.json');
  const record = readJson(recordSchema, readText(file)) ?? {
    salt: randomBytes(12).toString('hex'),
    // Not to be taken for an API token's secret, which is base64 with a colon in it (hub: CreateUserToken).
    password: `demo ${randomBytes(6).toString('hex')}`,
    port: 0,
    seeded: false,
  };
  // A first start that was broken off begins anew.
  if (!record.seeded) rmSync(join(dir, 'hub'), { recursive: true, force: true });
  const account = { nick: NICK, email: EMAIL, password: record.password };
  const accounts = [{ ...account, quotaBytes: QUOTA }];
  const hub = await startAt(record.port, { dir: join(dir, 'hub'), accounts, now });
  const planned = plannedDevices();
  writeWhole(file, JSON.stringify({ ...record, port: Number(new URL(hub.url).port) }));
  if (!record.seeded) {
    const seeding = { owner: NICK, salt: record.salt, now: now() };
    seedPlanned(hub, planned, seeding);
    seedLanDevice(hub, seeding);
    writeWhole(file, JSON.stringify({ ...record, port: Number(new URL(hub.url).port), seeded: true }));
  }
  const credentials = planned.filter(isHeardOf).map((device) => fleetDeviceOf(device, record.salt));
  const fleet = startHubFleet({ hub, credentials, timeScale, now, bytesPerSecond: PACE });
  const http = hubHttp(hub.url);
  void rollOut(http, account, rollouts(record.salt));
  return {
    url: hub.url,
    account,
    devices: planned.length + 1,
    lanDevices: [{ name: LAN_DEVICE, url: hub.url, ...identityOf(LAN_DEVICE, record.salt) }],
    hub,
    fleet,
    async close() {
      http.close();
      await fleet.close();
      await hub.close();
    },
  };
}

async function startAt(port: number, options: Parameters<typeof startSimulatedHub>[0]): Promise<SimulatedHub> {
  try {
    return await startSimulatedHub({ ...options, port });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return startSimulatedHub({ ...options, port: 0 });
  }
}

/** Each busy device is moved between the last two releases of its line. */
function rollouts(salt: string): Parameters<typeof rollOut>[2] {
  const catalogue = openCatalogue();
  return plannedDevices()
    .filter(({ condition }) => condition === 'busy')
    .flatMap(({ name, line, board }) => {
      const release = line.releases.at(-1);
      if (!release) return [];
      const states = catalogue.states(line, board).slice(-2).reverse();
      return [{ deviceId: identityOf(name, salt).id, states, message: release.message, by: release.by }];
    });
}
