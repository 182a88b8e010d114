/** A device of the fleet while it has something to do: the same life and the same hub side, without sockets and without a disk. */
import { createHash } from 'node:crypto';
import { DEFAULT_BOARD, FIRST_UPTIME, storageMeta, sysinfoMeta, timeMeta } from '../board.ts';
import type { Clock } from '../clock.ts';
import { objectsOf } from '../container-specs.ts';
import { combinedStatus } from '../ctrl/containers.ts';
import { nothing } from '../exchange.ts';
import { lifeFacts } from '../facts.ts';
import { faultSwitches } from '../faults.ts';
import { startHeart } from '../heart.ts';
import { asLeft } from '../life/boot.ts';
import { type BootRecord, DEVICE_DELAYS, type Life, type Progress } from '../life/model.ts';
import type { Metadata, MetaValue } from '../metadata.ts';
import type { HubConnection } from '../options.ts';
import type { HubHost } from './host.ts';
import type { HubHttp } from './http.ts';
import { type HubSide, startHubSide } from './hub-side.ts';
import { askAs, deviceMetaOf, type Resting } from './resting.ts';

export interface Awake {
  life(): Life;
  close(): Promise<void>;
}

type AwakeOptions = {
  readonly device: Resting;
  readonly boot: BootRecord;
  /** Texts of the states that the device may run: the running one and the checkpoint. */
  readonly states: ReadonlyMap<string, string>;
  readonly clock: Clock;
  readonly http: HubHttp;
  readonly connection: HubConnection;
  readonly now: () => number;
  /** How long a revision on trial waits for the hub, in device seconds. */
  readonly patience: number;
  /** Nothing is left to do; the device may go back to rest. */
  readonly atRest: () => void;
};

/** The states of what runs and of the checkpoint, from the hub. Undefined where it does not give them. */
export async function statesOf(
  device: Resting,
  boot: BootRecord,
  http: HubHttp,
): Promise<ReadonlyMap<string, string> | undefined> {
  const states = new Map<string, string>();
  for (const revision of new Set([boot.running, boot.checkpoint])) {
    const text = await askAs(device, http, { method: 'GET', url: `/trails/${device.id}/steps/${revision}/state` });
    if (text === undefined) return undefined;
    states.set(revision, text.trim());
  }
  return states;
}

export function wakeUp({ device, boot, states, clock, http, connection, now, patience, atRest }: AwakeOptions): Awake {
  const trail = memoryTrail(states);
  const objects = memoryObjects([...states.values()].flatMap(objectsOf));
  const faults = faultSwitches(() => {});
  for (const fault of device.faults ?? []) faults.set(fault);
  const deviceMeta = memoryMeta({ ...deviceMetaOf(device, boot.running, device.beats, device.bootedAt) });
  let side: HubSide | undefined;
  const facts = lifeFacts({
    trail,
    objects,
    faults,
    delays: { ...DEVICE_DELAYS, network: patience },
    bootLoader: 'keeps-try',
    awaitsHub: (revision) => side?.awaits(revision) ?? false,
  });

  const heart = startHeart({
    first: asLeft(boot, facts),
    facts,
    clock,
    perform(deed) {
      if (deed.kind === 'log') side?.log('pantavisor', deed.module, deed.level, deed.text);
      if (deed.kind === 'console') side?.log(deed.container, '/lxc/console.log', 'INFO', deed.line);
      if (deed.kind === 'progress') keep(deed.revision, deed.progress);
    },
    changed(life) {
      if (life.boot.bootCount !== device.boot?.bootCount) tellBoot();
      device.boot = life.boot;
      tellStatus(life);
      side?.changed(life);
    },
  });

  function keep(revision: string, progress: Progress): void {
    const kept = { ...progress, retries: Math.max(progress.retries, trail.progress(revision)?.retries ?? 0) };
    trail.putProgress(revision, kept);
    side?.progress({ revision, progress: kept });
  }

  function tellBoot(): void {
    device.bootedAt = Math.floor(now() / 1000);
    deviceMeta.set('sysinfo', sysinfoMeta(device.board ?? DEFAULT_BOARD, FIRST_UPTIME));
    deviceMeta.set('time', timeMeta(device.bootedAt + FIRST_UPTIME));
  }

  function tellStatus({ boot: { running }, containers }: Life): void {
    deviceMeta.set('pantavisor.revision', running);
    if (containers.length > 0) deviceMeta.set('pantavisor.status', combinedStatus(containers));
  }

  const known = { id: device.id, prn: `prn:::devices:/${device.id}`, secret: device.secret, claimed: true };
  const host: HubHost = {
    clock,
    faults,
    trail,
    objects,
    facts,
    deviceMeta,
    userMeta: memoryMeta({}),
    life: heart.life,
    happen: heart.happen,
    freeBytes: () => freeBytesOf(device),
    log: () => {},
    hint: () => {},
    credentials: { read: () => known, write: () => {} },
  };
  side = startHubSide({ host, connection, now, http, token: device.token, synced: true, atRest });
  return {
    life: heart.life,
    async close() {
      device.token = side?.token();
      heart.stop();
      await side?.close();
    },
  };
}

function freeBytesOf({ board = DEFAULT_BOARD }: Resting): number {
  const meta = storageMeta(board, Math.floor(board.storage * 0.1));
  return typeof meta === 'object' && meta !== null && 'real_free' in meta ? Number(meta.real_free) : 0;
}

type MemoryTrail = HubHost['trail'] & { putProgress(revision: string, progress: Progress): void };

function memoryTrail(first: ReadonlyMap<string, string>): MemoryTrail {
  const states = new Map(first);
  const progress = new Map<string, Progress>();
  return {
    state: (revision) => states.get(revision),
    progress: (revision) => progress.get(revision),
    putState: (revision, text) => void states.set(revision, text),
    putProgress: (revision, report) => void progress.set(revision, report),
  };
}

/** Bytes are read and hashed, and not kept. */
function memoryObjects(first: readonly string[]): HubHost['objects'] {
  const there = new Set(first);
  return {
    matches: (sha) => there.has(sha),
    size: () => undefined,
    read: nothing,
    async put(sha, bytes) {
      const hash = createHash('sha256');
      for await (const chunk of bytes) hash.update(chunk);
      if (hash.digest('hex') !== sha) return 'bad-checksum';
      there.add(sha);
      return 'stored';
    },
  };
}

function memoryMeta(first: Metadata): HubHost['deviceMeta'] & HubHost['userMeta'] {
  let entries = first;
  return {
    read: () => entries,
    get: (key) => entries[key],
    set: (key: string, value: MetaValue) => {
      entries = { ...entries, [key]: value };
    },
    replace: (next) => {
      entries = next;
    },
  };
}
