/** Devices straight into storage, thousands at once. */
import type { HubDatabase } from './database.ts';
import type { DeviceRecords } from './device-records.ts';
import { devicePrn, newObjectId, newSecret, petName } from './ids.ts';
import { canonicalOf, goMap, type JsonMap, quoteDots, stringAt } from './json-text.ts';
import type { LogRecords } from './log-records.ts';
import type { ObjectRecords } from './object-records.ts';
import type { StepRecords } from './step-records.ts';
import { progressText } from './step-text.ts';

export interface SeedStep {
  readonly rev: number;
  /** A state's JSON text. */
  readonly state: string;
  readonly message: string;
  readonly committer?: string;
  /** As a device reports it: `{"status":"DONE","progress":100,"status-msg":"…"}`. */
  readonly progress: JsonMap;
  /** Milliseconds since 1970; the hub's clock without. */
  readonly at?: number;
  readonly meta?: JsonMap;
}

export interface SeedLog {
  readonly rev: string;
  readonly plat: string;
  readonly src: string;
  readonly lvl: string;
  readonly msg: string;
  /** When the device wrote it, seconds since 1970. */
  readonly tsec: number;
  readonly tnano?: number;
  /** When the hub took it, milliseconds since 1970; the same time without. */
  readonly at?: number;
}

export interface SeedDevice {
  /** An account's nick; undefined for a device that nobody has claimed. */
  readonly owner: string | undefined;
  readonly nick: string;
  readonly id?: string;
  readonly secret?: string;
  /** What claims it. Made up for a device without owner. */
  readonly challenge?: string;
  readonly public?: boolean;
  readonly userMeta?: JsonMap;
  readonly deviceMeta?: JsonMap;
  /** Ascending from 0; without any it has no trail. */
  readonly steps: readonly SeedStep[];
  readonly logs?: readonly SeedLog[];
  /** When it was last changed, milliseconds since 1970. */
  readonly modified?: number;
}

export interface SeededDevice {
  readonly id: string;
  readonly secret: string;
}

export interface SeedRooms {
  readonly database: HubDatabase;
  readonly devices: DeviceRecords;
  readonly steps: StepRecords;
  readonly objects: ObjectRecords;
  readonly logs: LogRecords;
  now(): number;
  /** The prn of an account; throws for a nick that nobody has. */
  prnOf(nick: string): string;
}

export function seedDevices(rooms: SeedRooms, devices: readonly SeedDevice[]): readonly SeededDevice[] {
  return rooms.database.transaction(() => devices.map((device) => seedOne(rooms, device)));
}

function seedOne(rooms: SeedRooms, seed: SeedDevice): SeededDevice {
  const now = rooms.now();
  const id = seed.id ?? newObjectId(now);
  const owner = seed.owner === undefined ? '' : rooms.prnOf(seed.owner);
  const secret = seed.secret ?? newSecret();
  const device = {
    id,
    prn: devicePrn(id),
    nick: seed.nick,
    owner,
    secret,
    challenge: seed.challenge ?? (owner === '' ? petName(3, '-') : ''),
    public: seed.public ?? false,
    userMeta: goMap(quoteDots(seed.userMeta ?? {})),
    deviceMeta: goMap(quoteDots(seed.deviceMeta ?? {})),
    garbage: false,
    created: seed.steps[0]?.at ?? seed.modified ?? now,
    modified: seed.modified ?? seed.steps.at(-1)?.at ?? now,
  };
  if (!rooms.devices.insert(device)) throw new Error(`There is a device "${seed.nick}" of ${seed.owner ?? 'nobody'} already.`);
  if (seed.steps.length > 0) seedTrail(rooms, id, owner, seed.steps);
  if (device.public) rooms.objects.publish(device);
  for (const { at, tnano = 0, ...entry } of seed.logs ?? []) {
    rooms.logs.add({ ...entry, tnano, dev: device.prn, own: owner, created: at ?? entry.tsec * 1000 });
  }
  return { id, secret };
}

function seedTrail(rooms: SeedRooms, id: string, owner: string, seeds: readonly SeedStep[]): void {
  const { steps } = rooms;
  let factorySha = '';
  for (const seed of seeds) {
    const at = seed.at ?? rooms.now();
    const stateSha = steps.states.keep(seed.state);
    factorySha ||= stateSha;
    steps.insert({
      id: `${id}-${seed.rev}`,
      trail: id,
      rev: seed.rev,
      owner,
      committer: seed.committer ?? '',
      message: seed.message,
      stateSha,
      status: stringAt(seed.progress, 'status'),
      progress: progressText(seed.progress),
      meta: seed.meta ? canonicalOf(seed.meta) : '{}',
      usedObjects: steps.usedObjects(owner, stateSha),
      garbage: false,
      stepTime: at,
      progressTime: stringAt(seed.progress, 'status') === 'NEW' ? 0 : at,
      created: at,
      modified: at,
    });
  }
  const lastTouched = seeds.length > 1 ? (seeds.at(-1)?.at ?? rooms.now()) : 0;
  steps.insertTrail({ id, owner, lastTouched, factorySha, usedObjects: steps.usedObjects(owner, factorySha), garbage: false });
}
