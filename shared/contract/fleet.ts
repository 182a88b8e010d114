import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { LanConnection, Ways } from './connection.ts';
import { KnownProblem } from './errors.ts';
import { AccountId } from './hub.ts';
import { DeviceId, Instant, UpdateId } from './ids.ts';

/** What needs a person's eye first; the worst one that holds. `answering`: it is there, and tells no status over the ways that are open. */
export const DeviceCondition = z.enum([
  'connecting',
  'answering',
  'up-to-date',
  'not-a-checkpoint',
  'updating',
  'failed',
  'refused',
  'not-answering',
  'blocked',
]);
export type DeviceCondition = z.infer<typeof DeviceCondition>;

/** Where a device is on a hub. */
export const HubPlace = z.object({
  accountId: AccountId,
  /** The account as people read it: nick and host. */
  account: z.string(),
  deviceId: z.string(),
  nick: z.string(),
  public: z.boolean(),
});
export type HubPlace = z.infer<typeof HubPlace>;

export const DeviceSummary = z.object({
  id: DeviceId,
  name: z.string(),
  demo: z.boolean(),
  /** How it is reached on the local network; null for one that is known from a hub only. */
  connection: LanConnection.nullable(),
  hub: HubPlace.optional(),
  labels: z.record(z.string(), z.string()),
  ways: Ways,
  condition: DeviceCondition,
  /** The revision that runs now, with the commit message of its step, as far as the device told. */
  running: z.object({ revision: z.string(), status: z.string().optional(), message: z.string().optional() }).optional(),
  /** Whether the running revision is one that the device can roll back to (status DONE). */
  checkpoint: z.boolean().optional(),
  /** The last update that ended other than well, until another one succeeds. */
  lastFailure: z.object({ revision: z.string(), status: z.string(), message: z.string() }).optional(),
  update: z.object({ id: UpdateId, revision: z.string(), stage: z.string() }).optional(),
  containers: z.object({ total: z.number(), ready: z.number(), names: z.array(z.string()) }).optional(),
  board: z.string().optional(),
  arch: z.string().optional(),
  version: z.string().optional(),
  mode: z.string().optional(),
  heardAt: Instant.optional(),
  silentSince: Instant.optional(),
});
export type DeviceSummary = z.infer<typeof DeviceSummary>;

/** A computer that speaks of itself on the local network (mDNS `_ssh._tcp` with a device id) and is in the fleet by no way yet. */
export const DiscoveredDevice = z.object({
  /** The device's id on its hub, or where it tells none, its service name: the same as long as it is seen. */
  key: z.string(),
  name: z.string(),
  host: z.string(),
  addresses: z.array(z.string()),
  sshPort: z.number(),
  deviceId: z.string().optional(),
  /** Nobody has claimed it on its hub. */
  unclaimed: z.boolean(),
  hubAddress: z.string().optional(),
});
export type DiscoveredDevice = z.infer<typeof DiscoveredDevice>;

/**
 * A subscription starts with a snapshot, so that subscribing anew leaves no gap. The snapshot of a large fleet has its first devices by
 * name and how many there are; `changed` brings the others at once after it, and `complete` tells that these were all.
 */
export const FleetEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), devices: z.array(DeviceSummary), total: z.number(), demo: z.boolean() }),
  z.object({ kind: z.literal('complete') }),
  /** What changed within a moment, each device once. */
  z.object({ kind: z.literal('changed'), devices: z.array(DeviceSummary) }),
  z.object({ kind: z.literal('removed'), ids: z.array(DeviceId) }),
  z.object({ kind: z.literal('demo'), running: z.boolean() }),
]);
export type FleetEvent = z.infer<typeof FleetEvent>;

/** What an address answers, asked before anything is stored. */
export const ProbeResult = z.object({
  http: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('not-tried') }),
    z.object({ kind: z.literal('device'), containers: z.array(z.string()), entries: z.number() }),
    z.object({ kind: z.literal('problem'), problem: KnownProblem }),
  ]),
  ssh: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('not-tried') }),
    z.object({ kind: z.literal('device'), revision: z.string().optional(), board: z.string().optional() }),
    z.object({ kind: z.literal('problem'), problem: KnownProblem }),
  ]),
});
export type ProbeResult = z.infer<typeof ProbeResult>;

/** Characters. */
export const longestDeviceName = 100;

/** Rows on one screen. */
export const mostShown = 200;

const DeviceInput = z.object({ name: z.string().trim().min(1).max(longestDeviceName).optional(), connection: LanConnection });

export const fleetContract = {
  watch: procedure.output(eventIterator(FleetEvent)),
  /** What is on the local network and not in the fleet; each time all of them. Listens as long as somebody subscribes. */
  discovered: procedure.output(eventIterator(z.array(DiscoveredDevice))),
  /** The devices whose rows are on the screen now: what their rows lack is asked for, gently, as long as they are the last ones named. */
  shown: procedure.input(z.object({ ids: z.array(DeviceId).max(mostShown) })).output(z.object({})),
  /** Held open by a window while a person can see it; with no such window the fleet is polled as rarely as it makes sense. */
  looking: procedure.output(eventIterator(z.object({}))),
  probe: procedure.input(LanConnection).output(ProbeResult),
  /** Stores a device. A device that does not answer may be added too: it shows as not answering. */
  add: procedure.input(DeviceInput).output(DeviceSummary),
  edit: procedure.input(DeviceInput.extend({ id: DeviceId })).output(DeviceSummary),
  /** Forgets how the device is reached on the local network; a device that is known from a hub stays. Else forgets it with its drafts and history. */
  remove: procedure.input(z.object({ id: DeviceId })).output(z.object({})),
  startDemo: procedure.output(z.object({ devices: z.number() })),
  stopDemo: procedure.output(z.object({})),
};
