/** For tests: a backend on a profile of its own, and a simulated device, on real sockets. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import type { DeviceDetail } from '../shared/contract/device.ts';
import type { DeviceId, FileId, UpdateId } from '../shared/contract/ids.ts';
import type { UpdateView } from '../shared/contract/update.ts';
import { openBackend } from './backend.ts';
import type { HostedBackend } from './host.ts';
import type { Router } from './router/index.ts';
import { type SimulatedDevice, startSimulatedDevice } from './simulator/index.ts';

const sha = (digit: string) => digit.repeat(64);
const run = (name: string, policy: string) =>
  `"${name}/run.json":{"#spec":"service-manifest-run@1","config":"lxc.container.conf","name":"${name}","restart_policy":"${policy}","root-volume":"root.squashfs","storage":{},"type":"lxc","volumes":[]}`;

/** A state with a system container `os` and a container `web` whose policy is `container`. */
export const baseState = `{"#spec":"pantavisor-service-system@1","bsp/kernel.img":"${sha('a')}","bsp/run.json":{"initrd":"kernel.img","linux":"kernel.img"},"os/lxc.container.conf":"${sha('b')}","os/root.squashfs":"${sha('c')}",${run('os', 'system')},"web/lxc.container.conf":"${sha('b')}","web/root.squashfs":"${sha('c')}",${run('web', 'container')},"web/src.json":{"#spec":"service-manifest-src@1","args":{"PV_RESTART_POLICY":"container"},"template":"builtin-lxc-docker"}}`;

/** The first value of a stream that is wanted. */
export async function until<Value>(stream: Promise<AsyncIterable<Value>>, wanted: (value: Value) => boolean): Promise<Value> {
  for await (const value of await stream) if (wanted(value)) return value;
  throw new Error('the stream ended before the value that was waited for');
}

export const ended = (value: UpdateView) => value.phase === 'ended';

export class TestBench {
  readonly dir: string;
  readonly device: SimulatedDevice;
  backend: HostedBackend;
  client: RouterClient<Router>;

  private constructor(device: SimulatedDevice, opened: Awaited<ReturnType<typeof openAt>>, dir: string) {
    this.device = device;
    this.dir = dir;
    this.backend = opened.backend;
    this.client = opened.client;
  }

  static async start(timeScale = 0.02): Promise<TestBench> {
    const dir = mkdtempSync(join(tmpdir(), 'trailboss-backend-'));
    const opened = await openAt(dir);
    const { publicKey } = await opened.client.settings.ownKey();
    const device = await startSimulatedDevice({
      dir: join(dir, 'device'),
      timeScale,
      authorizedKeys: [publicKey],
      seed: {
        revisions: [{ name: 'locals/base', state: baseState, message: 'base', status: 'DONE' }],
        objects: ['a', 'b', 'c'].map((digit) => ({ sha256: sha(digit), content: digit })),
      },
    });
    return new TestBench(device, opened, dir);
  }

  /** Closes the backend and opens it again on the same profile. */
  async reopen(): Promise<void> {
    await this.backend.close();
    const opened = await openAt(this.dir);
    this.backend = opened.backend;
    this.client = opened.client;
  }

  async close(): Promise<void> {
    await this.backend.close();
    await this.device.close();
    rmSync(this.dir, { recursive: true, force: true });
  }

  detail(id: DeviceId, wanted: (value: DeviceDetail) => boolean): Promise<DeviceDetail> {
    return until(this.client.device.watch({ id }), wanted);
  }

  update(updateId: UpdateId, wanted: (value: UpdateView) => boolean): Promise<UpdateView> {
    return until(this.client.update.watch({ updateId }), wanted);
  }

  /** Adds the device, accepting its host key where SSH is one of the ways, and waits until it was heard. */
  async added(ways: { readonly http: boolean; readonly ssh: boolean }): Promise<DeviceId> {
    const { device, client } = this;
    const http = ways.http && device.httpPort !== undefined ? { port: device.httpPort } : null;
    const ssh =
      ways.ssh && device.sshPort !== undefined ? { port: device.sshPort, user: '/', auth: { kind: 'own-key' as const } } : null;
    const { id } = await client.fleet.add({ name: 'bench', connection: { host: '127.0.0.1', http, ssh } });
    if (!ssh) return id;
    const asked = await this.detail(id, (value) => value.summary.ways.ssh.kind === 'blocked');
    const way = asked.summary.ways.ssh;
    const fingerprint = (way.kind === 'blocked' && way.problem.hostKey?.fingerprint) || 'none';
    await client.device.trustHostKey({ id, fingerprint });
    await this.detail(id, (value) => value.summary.running?.revision === 'locals/base');
    return id;
  }

  /** A file taken in, in one piece. */
  async sent(bytes: Blob): Promise<FileId> {
    const { fileId } = await this.client.draft.openFile({ size: bytes.size });
    await this.client.draft.sendPiece({ fileId, at: 0, bytes });
    return fileId;
  }

  /** A draft from the running revision with one file of `web` replaced, posted under a name. */
  async posted(id: DeviceId, name: string, bytes: BlobPart): Promise<UpdateId> {
    const { client } = this;
    const draft = await client.draft.create({ deviceId: id, revision: 'current' });
    const fileId = await this.sent(new Blob([bytes]));
    const { version } = await client.draft.setFile({
      draftId: draft.id,
      version: draft.version,
      key: 'web/root.squashfs',
      fileId,
    });
    return (await client.update.post({ draftId: draft.id, version, name, message: `post ${name}`, via: 'lan' })).updateId;
  }
}

async function openAt(dir: string): Promise<{ backend: HostedBackend; client: RouterClient<Router> }> {
  const backend = await openBackend({ profileDir: join(dir, 'profile'), demo: false, version: 'test' });
  const client = createRouterClient(backend.router as Router);
  // As a window does that somebody sees.
  await (await client.fleet.looking()).next();
  return { backend, client };
}
