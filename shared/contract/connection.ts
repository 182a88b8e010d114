import { z } from 'zod';
import { KnownProblem } from './errors.ts';

export const Port = z.number().int().min(1).max(65_535);
export const Host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[^\s/\\@?#]+$/, 'a host name or an IP address');

export const defaultHttpPort = 12_368;
export const defaultSshPort = 8222;
/** `/` lands on the device's host system; a container's name lands in that container (pantavisor, dropbear's login). */
export const defaultSshUser = '/';

/** Characters. */
export const longestSshUser = 128;
export const longestKeyPath = 4096;

/** Which key logs in over SSH. Trailboss's own pair is made at first use; `agent` is the running ssh-agent. */
export const SshAuth = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('own-key') }),
  z.object({ kind: z.literal('agent') }),
  z.object({ kind: z.literal('key-file'), path: z.string().min(1).max(longestKeyPath) }),
]);
export type SshAuth = z.infer<typeof SshAuth>;

export const HttpWayConfig = z.object({ port: Port });
export const SshWayConfig = z.object({ port: Port, user: z.string().min(1).max(longestSshUser), auth: SshAuth });
export type SshWayConfig = z.infer<typeof SshWayConfig>;

/** The two directions that a revision can be posted in: straight to the device, or to its hub, which the device asks. */
export const Via = z.enum(['lan', 'hub']);
export type Via = z.infer<typeof Via>;

/** How a device on the local network is reached: over the pvr endpoint, over SSH, or both. */
export const LanConnection = z.object({
  host: Host,
  http: HttpWayConfig.nullable(),
  ssh: SshWayConfig.nullable(),
});
export type LanConnection = z.infer<typeof LanConnection>;

/** `hub`: over the hub account that the device belongs to. */
export const WayName = z.enum(['http', 'ssh', 'hub']);
export type WayName = z.infer<typeof WayName>;

/** Whether one way to the device is open right now. `since` and `heardAt` are instants. */
export const WayStatus = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('not-configured') }),
  z.object({ kind: z.literal('connecting') }),
  z.object({ kind: z.literal('open'), heardAt: z.number() }),
  z.object({ kind: z.literal('silent'), since: z.number(), heardAt: z.number().optional(), problem: KnownProblem.optional() }),
  z.object({ kind: z.literal('blocked'), since: z.number(), problem: KnownProblem }),
]);
export type WayStatus = z.infer<typeof WayStatus>;

export const Ways = z.object({ http: WayStatus, ssh: WayStatus, hub: WayStatus });
export type Ways = z.infer<typeof Ways>;

/** What can be done with the ways that were open since they were last blocked, a silent one too; each false one has a reason on the screen. */
export const Capabilities = z.object({
  readState: z.boolean(),
  readTimeline: z.boolean(),
  readContainers: z.boolean(),
  readMetadata: z.boolean(),
  uploadObjects: z.boolean(),
  postRevision: z.boolean(),
  runRevision: z.boolean(),
  watchProgress: z.boolean(),
  reboot: z.boolean(),
  writeUserMeta: z.boolean(),
  readLogs: z.boolean(),
  openTerminal: z.boolean(),
});
export type Capabilities = z.infer<typeof Capabilities>;
