/**
 * A simulated Pantacor Hub: a real HTTP server on loopback that answers as the hub's code does, with its quirks.
 *
 * ```ts
 * const hub = await startSimulatedHub({ accounts: [{ nick: 'user1', email: 'user1@example.com', password: 'user1' }] });
 * const { id } = hub.seedDevice({ owner: 'user1', nick: 'kitchen', steps: [{ rev: 0, state, message: 'Factory', progress: { status: 'DONE' } }] });
 * await fetch(`${hub.url}/auth/login`, …);
 * hub.faults.set('every-500', { path: '/trails/', times: 1 });   // every fault is listed in HUB_FAULTS
 * hub.onStep((device, rev) => …);
 * await hub.close();   // start again on the same `dir` to continue
 * ```
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NewAccount, openAccounts } from './account-records.ts';
import { dashMount, profilesMount } from './account-services.ts';
import { apiTokensMount } from './api-tokens.ts';
import { authMount } from './auth.ts';
import { changesMount } from './changes.ts';
import { openHubDatabase } from './database.ts';
import { openDevices } from './device-records.ts';
import { devicesMount } from './devices.ts';
import { exportsMount } from './exports.ts';
import { createFaults, type HubFaults } from './faults.ts';
import type { Hub } from './hub.ts';
import { openLogs } from './log-records.ts';
import { logsMount } from './logs.ts';
import { openObjects } from './object-records.ts';
import { objectsMount } from './objects.ts';
import { pkceRoutes } from './pkce.ts';
import { type SeedDevice, type SeededDevice, seedDevices } from './seed.ts';
import { type Counts, listen } from './server.ts';
import { signInPage } from './sign-in-page.ts';
import { openSteps } from './step-records.ts';
import { openTokens } from './tokens.ts';
import { trailsMount } from './trails.ts';

export { HUB_FAULTS, type HubFaultName, type HubFaults, type HubFaultValue } from './faults.ts';
export type { SeedDevice, SeededDevice, SeedLog, SeedStep } from './seed.ts';

export interface SimulatedHubAccount {
  readonly nick: string;
  readonly email: string;
  readonly password: string;
  /** Merged into the user-meta of all the account's devices. */
  readonly globalMeta?: NewAccount['meta'];
  readonly quotaBytes?: number;
}

export interface SimulatedHubOptions {
  /** Keeps everything, and goes on from there when started again; without, all is gone at the end. */
  readonly dir?: string;
  readonly port?: number;
  /** PEM texts: https. */
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly accounts?: readonly SimulatedHubAccount[];
  readonly now?: () => number;
  /** How long tokens last; fractions are fine. 60, 5 and 1440 minutes without. */
  readonly jwtMinutes?: number;
  readonly apiTokenJwtMinutes?: number;
  readonly maxRefreshMinutes?: number;
  /** Whether a browser login is there; older hubs have none. */
  readonly pkce?: boolean;
  /** A bare hub has no summaries. */
  readonly summary?: 'live' | 'empty';
  /** Where the hub's web pages are; on the same server without. */
  readonly wwwOrigin?: string;
}

export interface SimulatedHub {
  /** Without a slash at its end. */
  readonly url: string;
  readonly faults: HubFaults;
  readonly counts: Counts;
  seedDevice(device: SeedDevice): SeededDevice;
  seedDevices(devices: readonly SeedDevice[]): readonly SeededDevice[];
  /** Stores an object for an account; its sha256. */
  putObject(owner: string, content: Uint8Array | string): string;
  /** A step was posted. Returns what stops listening. */
  onStep(listener: (deviceId: string, rev: number) => void): () => void;
  /** All tokens issued so far, of one account or of everyone, are refused from now on. */
  endSessions(nick?: string): void;
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;

/** Rejects where the port is taken. */
export async function startSimulatedHub(options: SimulatedHubOptions): Promise<SimulatedHub> {
  const now = options.now ?? Date.now;
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'simulated-hub-'));
  mkdirSync(dir, { recursive: true });
  const database = openHubDatabase(options.dir === undefined ? ':memory:' : join(dir, 'hub.db'));
  const tokens = await openTokens(database, now);
  const accounts = openAccounts(database, now);
  const devices = openDevices(database);
  const steps = openSteps(database);
  const objects = openObjects(database, steps, { dir, now, quota: (owner) => accounts.byPrn(owner)?.quota ?? 0 });
  const logs = openLogs(database, now);
  const faults = createFaults();
  const listeners = new Set<(deviceId: string, rev: number) => void>();
  for (const { globalMeta, quotaBytes, ...account } of options.accounts ?? []) {
    accounts.add({
      ...account,
      ...(globalMeta === undefined ? {} : { meta: globalMeta }),
      ...(quotaBytes === undefined ? {} : { quota: quotaBytes }),
    });
  }

  const pkce = options.pkce ?? true;
  let url = '';
  const hub: Hub = {
    ...{ database, tokens, accounts, devices, steps, objects, logs, faults, now },
    lifetimes: {
      login: (options.jwtMinutes ?? 60) * MINUTE_MS,
      short: (options.apiTokenJwtMinutes ?? 5) * MINUTE_MS,
      refresh: (options.maxRefreshMinutes ?? 1440) * MINUTE_MS,
    },
    summary: options.summary ?? 'live',
    origin: () => url,
    wwwOrigin: () => options.wwwOrigin ?? url,
    stepPosted(device, rev) {
      for (const listener of listeners) listener(device, rev);
    },
  };

  const server = await listen({ port: options.port ?? 0, tls: options.tls }, (port) => {
    url = `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
    const mounts = [
      ...[authMount(hub, pkce ? pkceRoutes(hub) : []), apiTokensMount(hub), devicesMount(hub), trailsMount(hub)],
      ...[objectsMount(hub), logsMount(hub), changesMount(hub), exportsMount(hub), dashMount(hub), profilesMount(hub)],
    ];
    return { hub, site: { mounts, pages: pkce ? { '/oauth2/authorize': (call) => signInPage(hub, call) } : {} } };
  });

  function prnOf(nick: string): string {
    const account = accounts.byNick(nick);
    if (!account) throw new Error(`There is no account "${nick}" on this hub.`);
    return account.prn;
  }

  const rooms = { database, devices, steps, objects, logs, now, prnOf };
  return {
    url,
    faults,
    counts: server.counts,
    seedDevice(device) {
      const [seeded] = seedDevices(rooms, [device]);
      if (!seeded) throw new Error('nothing was seeded');
      return seeded;
    },
    seedDevices: (list) => seedDevices(rooms, list),
    putObject: (owner, content) => objects.put(prnOf(owner), content),
    onStep(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    endSessions: (nick) => tokens.end(nick === undefined ? undefined : prnOf(nick)),
    async close() {
      await server.close();
      database.close();
      if (options.dir === undefined) rmSync(dir, { recursive: true, force: true });
    },
  };
}
