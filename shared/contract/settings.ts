import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { Instant } from './ids.ts';

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

export const SystemStatus = z.object({
  version: z.string(),
  profileDir: z.string(),
  devices: z.object({ total: z.number(), open: z.number() }),
  work: z.array(z.object({ id: z.string(), text: z.string() })),
  pollsPerMinute: z.number(),
  notices: z.array(Notice),
});
export type SystemStatus = z.infer<typeof SystemStatus>;

export const ActivityEntry = z.object({
  id: z.number(),
  at: Instant,
  user: z.string(),
  deviceId: z.string().optional(),
  deviceName: z.string().optional(),
  what: z.string(),
  result: z.enum(['started', 'ok', 'failed']),
});
export type ActivityEntry = z.infer<typeof ActivityEntry>;

export const settingsContract = {
  status: procedure.output(eventIterator(SystemStatus)),
  dismissNotice: procedure.input(z.object({ id: z.string() })).output(z.object({})),
  /** The public half of Trailboss's own key pair, made at first use, in OpenSSH's one-line form. */
  ownKey: procedure.output(z.object({ publicKey: z.string(), fingerprint: z.string(), path: z.string() })),
  /** The keys that a running ssh-agent offers, if there is one. */
  agentKeys: procedure.output(z.object({ available: z.boolean(), keys: z.array(z.string()) })),
  knownHosts: procedure.output(z.array(KnownHost)),
  forgetHost: procedure.input(z.object({ host: z.string(), port: z.number() })).output(z.object({})),
  activity: procedure.input(z.object({ limit: z.number().int().min(1).max(1000) })).output(z.array(ActivityEntry)),
};
