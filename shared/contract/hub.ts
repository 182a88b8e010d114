import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { KnownProblem } from './errors.ts';
import { DeviceId, Instant } from './ids.ts';

export const AccountId = z.string().min(1).max(64).brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;

export const publicHub = 'https://api.pantahub.com';

/** Scheme, host (a name, an IPv4 address, or an IPv6 one in brackets), port; nothing after it but a slash. */
const originForm = /^(https?):\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?\/?$/;
const usualPorts: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** A hub's origin, such as `https://api.pantahub.com`: no path, no user. http is for a hub on this computer or a trusted network. */
export const HubUrl = z
  .string()
  .trim()
  .max(300)
  .transform((text, context) => {
    const [, scheme = '', host = '', digits] = originForm.exec(text.toLowerCase()) ?? [];
    const port = Number(digits ?? usualPorts[scheme]);
    if (port >= 1 && port <= 65_535) return `${scheme}://${host}${port === usualPorts[scheme] ? '' : `:${port}`}`;
    context.addIssue({ code: 'custom', message: 'an address such as https://api.pantahub.com' });
    return z.NEVER;
  });

/** Characters of a certificate file, or of several in one. */
export const longestCertificate = 200_000;

/** Where a hub is. `ca` is the PEM text of the certificates that it is checked against beside the system's own. */
export const HubAddress = z.object({ url: HubUrl, ca: z.string().max(longestCertificate).optional() });
export type HubAddress = z.infer<typeof HubAddress>;

/** Whether an account can be used right now. */
export const AccountStatus = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connecting') }),
  z.object({ kind: z.literal('open'), heardAt: Instant }),
  /** The hub does not answer, or not as it should; it is asked again by itself. */
  z.object({ kind: z.literal('silent'), since: Instant, heardAt: Instant.optional(), problem: KnownProblem }),
  /** The hub does not take the session any more, or its secret was kept in memory only: sign in again. What is known stays. */
  z.object({ kind: z.literal('signed-out'), since: Instant, problem: KnownProblem }),
  /** The secret is in the passphrase file, which is not unlocked yet. */
  z.object({ kind: z.literal('locked') }),
]);
export type AccountStatus = z.infer<typeof AccountStatus>;

export const HubAccount = z.object({
  id: AccountId,
  url: z.string(),
  hasCa: z.boolean(),
  nick: z.string(),
  email: z.string().optional(),
  demo: z.boolean(),
  status: AccountStatus,
  /** Devices of this account, as last listed. */
  devices: z.number(),
  addedAt: Instant,
  /** When the personal API token ends; absent where the hub has none and a session of a day is all there is. */
  tokenEndsAt: Instant.optional(),
});
export type HubAccount = z.infer<typeof HubAccount>;

/** Where secrets are kept on this computer. `undecided`: no keyring here, and nobody has chosen yet. */
export const SecretKeeping = z.object({
  kind: z.enum(['keyring', 'memory', 'passphrase', 'undecided']),
  keyringAvailable: z.boolean(),
  /** Why there is no keyring, for people. */
  keyringReason: z.string().optional(),
  /** The passphrase file is there and not unlocked in this run. */
  locked: z.boolean(),
});
export type SecretKeeping = z.infer<typeof SecretKeeping>;

export const HubOverview = z.object({ accounts: z.array(HubAccount), secrets: SecretKeeping });
export type HubOverview = z.infer<typeof HubOverview>;

/** Characters. */
export const shortestPassphrase = 8;
export const longestSecret = 1000;

export const SecretChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keyring') }),
  z.object({ kind: z.literal('memory') }),
  z.object({ kind: z.literal('passphrase'), passphrase: z.string().min(shortestPassphrase).max(longestSecret) }),
]);
export type SecretChoice = z.infer<typeof SecretChoice>;

/** What answers at a hub address, asked before anybody signs in. */
export const HubProbe = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hub'), browserSignIn: z.boolean() }),
  z.object({ kind: z.literal('problem'), problem: KnownProblem }),
]);
export type HubProbe = z.infer<typeof HubProbe>;

/** A session that `pvr login` left in ~/.pvr/auth.json. */
export const PvrSession = z.object({
  url: z.string(),
  nick: z.string().optional(),
  endsAt: Instant.optional(),
  usable: z.boolean(),
});
export type PvrSession = z.infer<typeof PvrSession>;

/** What is known of one quota. `unit` is the hub's own word (`GiB`, `Piece`, …). */
export const Quota = z.object({ name: z.string(), used: z.number(), max: z.number(), unit: z.string() });
export type Quota = z.infer<typeof Quota>;

/** A device on the local network that says over mDNS that it waits to be claimed. */
export const Claimable = z.object({
  deviceId: z.string(),
  challenge: z.string(),
  hub: z.string().optional(),
  host: z.string(),
  name: z.string(),
});
export type Claimable = z.infer<typeof Claimable>;

/** The 24 hex digits by which a hub knows a device. */
export const HubDeviceId = z.string().regex(/^[0-9a-f]{24}$/, '24 hex digits');
export type HubDeviceId = z.infer<typeof HubDeviceId>;

/** What the hub takes as a device's nick (hub: devices/post-device.go). */
export const HubNick = z.string().regex(/^[a-zA-Z0-9_\-+%]{1,100}$/, 'letters, digits, _ - + %');

const Account = z.object({ accountId: AccountId });
const Device = z.object({ id: DeviceId });

/** How a browser sign-in goes on: the address to open, then the account. Ending the stream gives it up. */
export const BrowserSignIn = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), address: z.string() }),
  z.object({ kind: z.literal('done'), accountId: AccountId }),
]);
export type BrowserSignIn = z.infer<typeof BrowserSignIn>;

export const hubContract = {
  watch: procedure.output(eventIterator(HubOverview)),
  probe: procedure.input(HubAddress).output(HubProbe),
  /** Turns the password into a personal API token at once; the password is not kept. Signing in to a known account renews it. */
  signIn: procedure
    .input(HubAddress.extend({ username: z.string().min(1).max(200), password: z.string().min(1).max(longestSecret) }))
    .output(z.object({ accountId: AccountId })),
  signInWithBrowser: procedure.input(HubAddress).output(eventIterator(BrowserSignIn)),
  pvrSessions: procedure.output(z.array(PvrSession)),
  signInFromPvr: procedure.input(HubAddress).output(z.object({ accountId: AccountId })),
  /** Deletes the secret here and revokes the token on the hub; `problem` says why revoking did not work. Devices known only from there leave the fleet. */
  signOut: procedure.input(Account).output(z.object({ problem: KnownProblem.optional() })),
  refresh: procedure.input(Account).output(z.object({})),
  chooseSecrets: procedure.input(SecretChoice).output(z.object({})),
  unlockSecrets: procedure.input(z.object({ passphrase: z.string().max(longestSecret) })).output(z.object({})),
  quota: procedure.input(Account).output(z.object({ plan: z.string().optional(), quotas: z.array(Quota) })),

  /** Devices on the local network that wait to be claimed, as mDNS tells. */
  claimable: procedure.output(eventIterator(z.array(Claimable))),
  claim: procedure
    .input(Account.extend({ deviceId: HubDeviceId, challenge: z.string().trim().min(1).max(200), nick: HubNick.optional() }))
    .output(z.object({ id: DeviceId })),
  rename: procedure.input(Device.extend({ nick: HubNick })).output(z.object({})),
  setPublic: procedure.input(Device.extend({ public: z.boolean() })).output(z.object({})),
  /** Deletes the device on the hub, with all its revisions; `nick` is what the person typed and has to agree. */
  deleteDevice: procedure.input(Device.extend({ nick: z.string() })).output(z.object({})),
  /** Lets a device that runs a local revision follow the hub again (pv-ctrl GO_REMOTE; needs SSH). */
  goRemote: procedure.input(Device).output(z.object({})),
};
