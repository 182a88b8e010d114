import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { z } from 'zod';
import { openBackend } from '../../electron/backend.ts';
import type { Router } from '../../electron/router/index.ts';
import { openProfile } from '../../electron/storage/profile.ts';
import { DeviceId } from '../../shared/contract/ids.ts';
import { person } from '../local-hub.ts';
import { type StartedProcess, started } from './processes.ts';

const Lan = z.object({
  http: z.number(),
  ssh: z.number(),
  hostKey: z.object({ algorithm: z.string(), fingerprint: z.string() }),
});

/** A profile with so many devices, and what answers for them: nine of ten on a hub, the others on the local network. */
export interface FleetProfile {
  readonly dir: string;
  readonly devices: number;
  /** Of those on the local network, how many are asked over the pvr endpoint; the others over SSH. */
  readonly overHttp: number;
  readonly near: number;
  readonly hub: StartedProcess;
  readonly lan: StartedProcess;
  close(): void;
}

/** Of the devices on the local network one in ten is reached over SSH, with a connection that stays. */
const sshEvery = 10;

/** Fills a new profile from a hub and with devices near by, as it stands after a person used it; the hub's devices speak now and then. */
export async function openFleetProfile(devices: number): Promise<FleetProfile> {
  const dir = await mkdtemp(join(tmpdir(), 'trailboss-bench-'));
  const profileDir = join(dir, 'profile');
  const near = Math.round(devices / 10);
  const hub = await started(['hub-process.ts', String(devices - near), '0', 'alive'], /hub (\S+)/);
  await fillFromHub(profileDir, hub.said, devices - near);
  const profile = openProfile(profileDir, Date.now);
  const lan = await started(['lan-process.ts', join(dir, 'device'), profile.keys.own().publicKey], /lan (\{.*\})/);
  const { http, ssh, hostKey } = Lan.parse(JSON.parse(lan.said));
  const host = '127.0.0.1';
  profile.hostKeys.pin({ host, port: ssh, ...hostKey, acceptedAt: Date.now() });
  let overHttp = 0;
  profile.devices.saveAll(
    Array.from({ length: near }, (_, number) => {
      const id = DeviceId.parse(`near-${number}`);
      const isHttp = number % sshEvery !== 0;
      if (isHttp) overHttp += 1;
      const connection = isHttp
        ? { host, http: { port: http }, ssh: null }
        : { host, http: null, ssh: { port: ssh, user: '/', auth: { kind: 'own-key' as const } } };
      const record = { id, name: `bench ${number}`, connection, demo: undefined, addedAt: Date.now() };
      return { id, record, facts: { running: '12', board: 'Raspberry Pi 4', heardAt: Date.now() } };
    }),
  );
  profile.close();
  const close = () => {
    hub.stop();
    lan.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return { dir: profileDir, devices, overHttp, near, hub, lan, close };
}

async function fillFromHub(profileDir: string, url: string, count: number): Promise<void> {
  const backend = await openBackend({ profileDir, demo: false, version: 'bench' });
  const client = createRouterClient(backend.router as Router);
  try {
    await client.hub.chooseSecrets({ kind: 'memory' });
    await client.hub.signIn({ url, username: person.nick, password: person.password });
    for await (const { devices, work } of await client.settings.status()) {
      if (devices.total >= count && work.length === 0) break;
    }
  } finally {
    await backend.close();
  }
}
