import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { DeviceId, Instant, SeriesId, UpdateId } from './ids.ts';

export const KnownHost = z.object({
  host: z.string(),
  port: z.number(),
  algorithm: z.string(),
  fingerprint: z.string(),
  acceptedAt: Instant,
});
export type KnownHost = z.infer<typeof KnownHost>;

/** Something the person should know that did not come from a click, such as a database that was kept aside. */
export const Notice = z.object({ id: z.string(), at: Instant, title: z.string(), text: z.string() });
export type Notice = z.infer<typeof Notice>;

/** Something that goes on without anybody watching. */
export const BackgroundWork = z.object({
  id: z.string(),
  text: z.string(),
  /** How far it is, where that is known. */
  progress: z.object({ done: z.number(), total: z.number() }).optional(),
  /** It can be stopped from here. */
  cancellable: z.boolean().optional(),
  /** The screen that shows it. */
  shows: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('update'), deviceId: DeviceId, updateId: UpdateId }),
      z.object({ kind: z.literal('series'), seriesId: SeriesId }),
    ])
    .optional(),
});
export type BackgroundWork = z.infer<typeof BackgroundWork>;

export const SystemStatus = z.object({
  version: z.string(),
  profileDir: z.string(),
  devices: z.object({ total: z.number(), open: z.number() }),
  work: z.array(BackgroundWork),
  pollsPerMinute: z.number(),
  /** The same apart: devices on the local network, and hubs. */
  polls: z.object({ devices: z.number(), hubs: z.number() }),
  /** Whether some window is looked at; while none is, devices are asked as rarely as it makes sense. */
  looking: z.boolean(),
  notices: z.array(Notice),
});
export type SystemStatus = z.infer<typeof SystemStatus>;

export const ActivityKind = z.enum(['update', 'device', 'container', 'metadata', 'account', 'checkout']);
export type ActivityKind = z.infer<typeof ActivityKind>;

/** `started` and `stalled` are of something that is still on its way. */
export const ActivityResult = z.enum(['started', 'stalled', 'ok', 'failed', 'cancelled']);
export type ActivityResult = z.infer<typeof ActivityResult>;

/** Something that was done from here. An update is one entry, whose result changes until its end. */
export const ActivityEntry = z.object({
  /** Counts up. */
  id: z.number(),
  at: Instant,
  /** When the result became what it is, where that was later. */
  endedAt: Instant.optional(),
  user: z.string(),
  deviceId: z.string().optional(),
  deviceName: z.string().optional(),
  kind: ActivityKind,
  what: z.string(),
  result: ActivityResult,
  updateId: z.string().optional(),
  revision: z.string().optional(),
});
export type ActivityEntry = z.infer<typeof ActivityEntry>;

/** Which entries are meant; what is left out does not count. `text` is looked for in what was done, the device and the revision. */
export const ActivityFilter = z.object({
  text: z.string().max(200).optional(),
  deviceId: z.string().max(200).optional(),
  user: z.string().max(200).optional(),
  kind: ActivityKind.optional(),
  result: ActivityResult.optional(),
  /** From this instant on, and before that one. */
  from: Instant.optional(),
  until: Instant.optional(),
});
export type ActivityFilter = z.infer<typeof ActivityFilter>;

/** Entries in one answer. */
export const activityPage = 1000;

/** What the program keeps on this computer. Sizes in bytes. */
export const StorageUse = z.object({
  database: z.number(),
  objects: z.object({ count: z.number(), bytes: z.number() }),
  /** Objects that no draft and no update needs any more. */
  unused: z.object({ count: z.number(), bytes: z.number() }),
  /** States whose text is kept, so that they can be compared without asking a device. */
  states: z.number(),
  activity: z.number(),
});
export type StorageUse = z.infer<typeof StorageUse>;

export const settingsContract = {
  status: procedure.output(eventIterator(SystemStatus)),
  dismissNotice: procedure.input(z.object({ id: z.string() })).output(z.object({})),
  /** The public half of Trailboss's own key pair, made at first use, in OpenSSH's one-line form. */
  ownKey: procedure.output(z.object({ publicKey: z.string(), fingerprint: z.string(), path: z.string() })),
  /** The keys that a running ssh-agent offers, if there is one. */
  agentKeys: procedure.output(z.object({ available: z.boolean(), keys: z.array(z.string()) })),
  knownHosts: procedure.output(z.array(KnownHost)),
  forgetHost: procedure.input(z.object({ host: z.string(), port: z.number() })).output(z.object({})),
  /** Takes back what `forgetHost` did, as long as the program runs and no other key was accepted since. */
  restoreHost: procedure.input(z.object({ host: z.string(), port: z.number() })).output(z.object({})),
  /** The entries before one, newest first; without `before` the newest. */
  activity: procedure
    .input(
      z.object({
        filter: ActivityFilter,
        before: z.number().int().optional(),
        limit: z.number().int().min(1).max(activityPage),
      }),
    )
    .output(z.array(ActivityEntry)),
  /** The newest entries, and then each that is new or has changed, with how many there are in all. */
  activityWatch: procedure
    .input(z.object({ filter: ActivityFilter }))
    .output(eventIterator(z.object({ newest: z.boolean(), entries: z.array(ActivityEntry), total: z.number() }))),
  /** Who and what the activity can be filtered by. */
  activityFacets: procedure.output(
    z.object({ users: z.array(z.string()), devices: z.array(z.object({ id: z.string(), name: z.string() })) }),
  ),
  storage: procedure.output(StorageUse),
  /** Removes the objects that nothing needs any more; answers with how many. */
  cleanObjects: procedure.output(z.object({ removed: z.number() })),
  /** What a report of a problem should have with it, as text without secrets. */
  diagnostics: procedure.output(z.object({ text: z.string() })),
};
