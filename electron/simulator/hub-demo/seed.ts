/** Puts the demo's devices on a simulated hub. */

import { BOARDS } from '../demo/catalog.ts';
import type { Objects } from '../demo/states.ts';
import type { SeedDevice, SimulatedHub } from '../hub/index.ts';
import { deviceMetaOf, type FleetDevice } from '../hub-side/resting.ts';
import type { Board } from '../options.ts';
import { chance, hexOf } from './chance.ts';
import { type Catalogue, type History, historyOf, openCatalogue } from './history.ts';
import { logsOf } from './logs.ts';
import { manyDevices, type PlannedDevice } from './plan.ts';
import { progressAt } from './progress.ts';

export type Seeding = {
  readonly owner: string;
  /** What ids and secrets follow from. */
  readonly salt: string;
  /** Milliseconds since 1970, from which everything is counted back. */
  readonly now: number;
};

/** Who a planned device is at the hub; the same for the same salt. The secret has a length that no base64 has (hub: CreateUserToken). */
export function identityOf(name: string, salt: string): { readonly id: string; readonly secret: string } {
  return { id: hexOf(24, salt, 'id', name), secret: hexOf(17, salt, 'secret', name) };
}

/** What the fleet has to know of a device that says something now and then. */
export function fleetDeviceOf({ name, board, condition }: PlannedDevice, salt: string): FleetDevice {
  const known = { ...identityOf(name, salt), name, board: boardOf(board) };
  return condition === 'busy' ? { ...known, faults: [BUSY_PACE] } : known;
}

/** Devices that are always found in an update fetch it over a poor line. */
const BUSY_PACE = 'slow-download:6000';

export function isHeardOf({ condition }: PlannedDevice): boolean {
  return condition === 'resting' || condition === 'busy' || condition === 'failed' || condition === 'refused';
}

/** Seeds devices and the objects of their states; thousands at once. */
export function seedPlanned(hub: SimulatedHub, devices: readonly PlannedDevice[], seeding: Seeding): void {
  const catalogue = openCatalogue();
  const seeds = devices.map((device) => seedOf(device, seeding, catalogue));
  putObjects(hub, seeding.owner, catalogue.objects);
  hub.seedDevices(seeds);
}

/** Any number of devices for measuring, on a hub of one's own. What it gives back can be handed to `startHubFleet`. */
export function seedHubDevices(hub: SimulatedHub, owner: string, count: number, now = Date.now()): readonly FleetDevice[] {
  const devices = manyDevices(count);
  seedPlanned(hub, devices, { owner, salt: 'bench', now });
  return devices.map((device) => fleetDeviceOf(device, 'bench'));
}

export function putObjects(hub: SimulatedHub, owner: string, objects: Objects): void {
  for (const object of objects.values()) {
    if ('content' in object) hub.putObject(owner, object.content);
    else hub.putObject(owner, Buffer.concat([Buffer.from(object.head)], object.bytes));
  }
}

function seedOf(device: PlannedDevice, { owner, salt, now }: Seeding, catalogue: Catalogue): SeedDevice {
  const { name, site, line, board } = device;
  const history = historyOf(device, now, catalogue);
  const identity = identityOf(name, salt);
  const meta = deviceMetaOf({ ...identity, name, board: boardOf(board) }, history.running, 0);
  return {
    ...identity,
    owner,
    nick: name,
    public: device.public,
    userMeta: {
      'label.site': site.title,
      'label.region': site.region,
      'label.group': line.label,
      ...(chance('canary', name) < 0.06 ? { 'label.ring': 'canary' } : { 'label.ring': 'production' }),
    },
    deviceMeta: isHeardOf(device) ? meta : { ...meta, 'pantahub.state': 'report' },
    steps: history.steps.map(({ rev, state, message, committer, outcome, at }) => ({
      rev,
      state,
      message,
      committer,
      progress: progressAt(rev, outcome, at),
      at: Math.round(at),
    })),
    ...(device.logs ? { logs: logsOf(device, history, now).map(seedLog) } : {}),
    modified: heardAt(device, history, now),
  };
}

function seedLog({ at, ...line }: ReturnType<typeof logsOf>[number]): NonNullable<SeedDevice['logs']>[number] {
  return { ...line, tsec: Math.floor(at / 1000), tnano: (at % 1000) * 1_000_000, at: at + 400 };
}

const MINUTE_MS = 60_000;

function heardAt(device: PlannedDevice, { steps }: History, now: number): number {
  const roll = chance('heard', device.name);
  if (isHeardOf(device)) return Math.round(now - roll * 9 * MINUTE_MS);
  const last = steps.at(-1)?.at ?? now;
  if (device.condition.startsWith('stuck')) return Math.round(last + 3 * MINUTE_MS);
  return Math.round(now - (2 + roll * 58) * 24 * 60 * MINUTE_MS);
}

function boardOf(board: PlannedDevice['board']): Board {
  return BOARDS[board];
}
