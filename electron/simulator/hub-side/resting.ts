/** A device that is known by what the hub knows of it, as long as nothing happens to it. */
import { boardMeta, DEFAULT_BOARD, FIRST_UPTIME, storageMeta, sysinfoMeta, timeMeta } from '../board.ts';
import type { FaultName } from '../faults.ts';
import type { BootRecord } from '../life/model.ts';
import type { Metadata } from '../metadata.ts';
import type { Board } from '../options.ts';
import type { HubCall, HubHttp } from './http.ts';
import { readFirstStep, readStanding, readToken } from './replies.ts';

/** Who a device is at the hub, and what it is on the bench. */
export type FleetDevice = {
  readonly id: string;
  readonly secret: string;
  readonly name?: string;
  readonly board?: Board;
  /** What goes wrong with its updates. */
  readonly faults?: readonly FaultName[];
};

/** A device's memory between two wakes. */
export type Resting = FleetDevice & {
  token: string | undefined;
  boot: BootRecord | undefined;
  /** How often it told its device-meta. */
  beats: number;
  /** Seconds since 1970; undefined while it has not booted since the program was started. */
  bootedAt: number | undefined;
};

export function resting(device: FleetDevice): Resting {
  return { ...device, token: undefined, boot: undefined, beats: 0, bootedAt: undefined };
}

/** A request as this device; it logs in where it has to. Undefined for everything but status 200. */
export async function askAs(device: Resting, http: HubHttp, call: HubCall): Promise<string | undefined> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    device.token ??= await logIn(device, http);
    if (device.token === undefined) return undefined;
    const reply = await http.send({ ...call, headers: { Authorization: `Bearer ${device.token}` } });
    if (reply?.status !== 401) return reply?.status === 200 ? reply.text : undefined;
    device.token = undefined;
  }
  return undefined;
}

async function logIn({ id, secret }: Resting, http: HubHttp): Promise<string | undefined> {
  const body = JSON.stringify({ username: `prn:::devices:/${id}`, password: secret });
  const reply = await http.send({ method: 'POST', url: '/auth/login', body });
  return reply?.status === 200 ? readToken(reply.text) : undefined;
}

const WELL_ENDED = encodeURIComponent('{"$in":["DONE","UPDATED"]}');
const PENDING = encodeURIComponent('{"$in":["NEW","DOWNLOADING","INPROGRESS","TESTING","QUEUED"]}');

/** What runs is what ended well last; the hub keeps what a device without a disk cannot. */
export async function remember(device: Resting, http: HubHttp): Promise<BootRecord | undefined> {
  if (device.boot) return device.boot;
  const url = `/trails/${device.id}/steps?progress.status=${WELL_ENDED}&fields=rev,progress.status`;
  const text = await askAs(device, http, { method: 'GET', url });
  const found = text === undefined ? undefined : readStanding(text);
  if (found === undefined) return undefined;
  const { running, checkpoint } = found;
  const boot = { running, checkpoint, bootCount: 1 };
  device.boot = running === checkpoint ? boot : { ...boot, trial: { revision: running, booted: false } };
  return device.boot;
}

export async function hasPending(device: Resting, http: HubHttp): Promise<boolean> {
  const url = `/trails/${device.id}/steps?progress.status=${PENDING}`;
  const text = await askAs(device, http, { method: 'GET', url });
  const first = text === undefined ? 'none' : readFirstStep(text);
  return first !== undefined && first !== 'none';
}

/** Tells device-meta, a little changed since the last time. */
export async function beat(device: Resting, http: HubHttp): Promise<boolean> {
  const boot = await remember(device, http);
  if (boot === undefined) return false;
  device.beats += 1;
  const url = `/devices/${device.id}/device-meta`;
  const body = JSON.stringify(deviceMetaOf(device, boot.running, device.beats, device.bootedAt));
  return (await askAs(device, http, { method: 'PUT', url, body })) !== undefined;
}

/** One line for the device's log. @param now milliseconds since 1970. */
export async function chat(device: Resting, http: HubHttp, now: number): Promise<void> {
  const tsec = Math.floor(now / 1000);
  const line = { tsec, tnano: (now % 1000) * 1_000_000, rev: device.boot?.running ?? '0', plat: 'pantavisor', lvl: 'DEBUG' };
  const body = JSON.stringify([{ ...line, src: 'storage', msg: '(pv_storage_gc_run_threshold:411) nothing to collect' }]);
  await askAs(device, http, { method: 'POST', url: '/logs/', body });
}

/** Devices booted last in the weeks after this, each at a moment of its own; seconds since 1970. */
const LONG_AGO = 1_735_689_600;
const WEEKS = 4 * 7 * 86_400;

/**
 * What the device says of itself at the hub. Uptime and time stand still until it boots again, as on a real one.
 * @param beats how often it told it before
 */
export function deviceMetaOf(device: FleetDevice, revision: string, beats: number, bootedAt?: number): Metadata {
  const { id, name, board = DEFAULT_BOARD } = device;
  const spread = Number.parseInt(id.slice(-6), 16);
  return {
    ...boardMeta(board, name ?? id),
    sysinfo: sysinfoMeta(board, FIRST_UPTIME),
    time: timeMeta((bootedAt ?? LONG_AGO + (spread % WEEKS)) + FIRST_UPTIME),
    storage: storageMeta(board, Math.floor(board.storage * 0.08) + (spread % 997) * 65_536 + beats * 4096),
    interfaces: {
      'lo.ipv4': ['127.0.0.1'],
      'eth0.ipv4': [`10.${(spread >> 16) & 255}.${(spread >> 8) & 255}.${spread & 255}`],
      'lxcbr0.ipv4': ['10.0.3.1'],
    },
    'pantavisor.mode': 'remote',
    'pantavisor.revision': revision,
    'pantavisor.status': 'READY',
    'pantahub.online': '1',
    'pantahub.claimed': '1',
    'pantahub.state': 'idle',
  };
}
