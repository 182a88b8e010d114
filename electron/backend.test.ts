import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceDetail } from '../shared/contract/device.ts';
import type { DeviceId, UpdateId } from '../shared/contract/ids.ts';
import type { UpdateView } from '../shared/contract/update.ts';
import { openBackend } from './backend.ts';
import type { HostedBackend } from './host.ts';
import type { Router } from './router/index.ts';
import { type SimulatedDevice, startSimulatedDevice } from './simulator/index.ts';

const sha = (digit: string) => digit.repeat(64);
const run = (name: string, policy: string) =>
  `"${name}/run.json":{"#spec":"service-manifest-run@1","config":"lxc.container.conf","name":"${name}","restart_policy":"${policy}","root-volume":"root.squashfs","storage":{},"type":"lxc","volumes":[]}`;
const base = `{"#spec":"pantavisor-service-system@1","bsp/kernel.img":"${sha('a')}","bsp/run.json":{"initrd":"kernel.img","linux":"kernel.img"},"os/lxc.container.conf":"${sha('b')}","os/root.squashfs":"${sha('c')}",${run('os', 'system')},"web/lxc.container.conf":"${sha('b')}","web/root.squashfs":"${sha('c')}",${run('web', 'container')},"web/src.json":{"#spec":"service-manifest-src@1","args":{"PV_RESTART_POLICY":"container"},"template":"builtin-lxc-docker"}}`;

let dir = '';
let backend: HostedBackend;
let device: SimulatedDevice;
let client: RouterClient<Router>;

async function open(): Promise<void> {
  backend = await openBackend({ profileDir: join(dir, 'profile'), demo: false, version: 'test' });
  client = createRouterClient(backend.router as Router);
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'trailboss-backend-'));
  await open();
  const { publicKey } = await client.settings.ownKey();
  device = await startSimulatedDevice({
    dir: join(dir, 'device'),
    timeScale: 0.02,
    authorizedKeys: [publicKey],
    seed: {
      revisions: [{ name: 'locals/base', state: base, message: 'base', status: 'DONE' }],
      objects: ['a', 'b', 'c'].map((digit) => ({ sha256: sha(digit), content: digit })),
    },
  });
});
afterEach(async () => {
  await backend.close();
  await device.close();
  rmSync(dir, { recursive: true, force: true });
});

async function until<Value>(stream: Promise<AsyncIterable<Value>>, wanted: (value: Value) => boolean): Promise<Value> {
  for await (const value of await stream) if (wanted(value)) return value;
  throw new Error('the stream ended');
}

const detail = (id: DeviceId, wanted: (value: DeviceDetail) => boolean) => until(client.device.watch({ id }), wanted);
const update = (updateId: UpdateId, wanted: (value: UpdateView) => boolean) => until(client.update.watch({ updateId }), wanted);
const ended = (value: UpdateView) => value.phase === 'ended';

async function added(ways: { http: boolean; ssh: boolean }): Promise<DeviceId> {
  const { id } = await client.fleet.add({
    name: 'bench',
    connection: {
      host: '127.0.0.1',
      http: ways.http && device.httpPort !== undefined ? { port: device.httpPort } : null,
      ssh: ways.ssh && device.sshPort !== undefined ? { port: device.sshPort, user: '/', auth: { kind: 'own-key' } } : null,
    },
  });
  if (ways.ssh) {
    const asked = await detail(id, (value) => value.summary.ways.ssh.kind === 'blocked');
    const way = asked.summary.ways.ssh;
    const question = way.kind === 'blocked' ? way.problem.hostKey : undefined;
    expect(question?.fingerprint).toBe(device.hostKeyFingerprint);
    await client.device.trustHostKey({ id, fingerprint: question?.fingerprint ?? '' });
    await detail(id, (value) => value.summary.running?.revision === 'locals/base');
  }
  return id;
}

describe('the main job', () => {
  it.each([{ ways: { http: true, ssh: true } }, { ways: { http: false, ssh: true } }])(
    'over $ways: add, change, forecast, post, watch to DONE as forecast',
    async ({ ways }) => {
      const id = await added(ways);
      const draft = await client.draft.create({ deviceId: id, revision: 'current' });
      const flipped = await client.draft.setPolicy({
        draftId: draft.id,
        version: draft.version,
        container: 'web',
        policy: 'system',
      });
      const file = new Blob(['a new root']);
      const changed = await client.draft.setFile({ draftId: draft.id, version: flipped.version, key: 'web/root.squashfs', file });
      const plan = await client.update.plan({ draftId: draft.id });
      expect(plan).toMatchObject({ missing: [], rollback: { to: 'locals/base', lost: [] }, baseMoved: false });
      expect(plan.upload).toMatchObject([{ key: 'web/root.squashfs', size: 10 }]);
      const { updateId } = await client.update.post({
        draftId: draft.id,
        version: changed.version,
        name: plan.suggestedName,
        message: 'flip web',
      });
      const end = await update(updateId, ended);
      expect(end.forecast).toMatchObject({ kind: 'move', transition: 'reboot', checkpoint: true });
      expect(end.outcome).toMatchObject({ result: 'done', runningNow: plan.suggestedName, rebooted: true });
      expect(end.outcome?.verdict.map((line) => line.agrees)).not.toContain('no');
      expect((await client.device.state({ id, revision: plan.suggestedName })).text).toBe(changed.text);
      await expect(client.draft.create({ deviceId: id, revision: 'locals/none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    },
  );

  it('tells where a crash loop took the device back to', async () => {
    const id = await added({ http: true, ssh: true });
    device.faults.set('crash-loop:web');
    const draft = await client.draft.create({ deviceId: id, revision: 'current' });
    const changed = await client.draft.setFile({
      draftId: draft.id,
      version: 1,
      key: 'web/root.squashfs',
      file: new Blob(['crashes']),
    });
    const { updateId } = await client.update.post({ draftId: draft.id, version: changed.version, name: 'bad', message: '' });
    const end = await update(updateId, ended);
    expect(end.outcome).toMatchObject({ result: 'failed', rolledBackTo: 'locals/base' });
    expect(end.reports.at(-1)).toMatchObject({ status: 'ERROR' });
  });

  it('posts over the pvr endpoint alone, and says what it can not know', async () => {
    const id = await added({ http: true, ssh: false });
    const draft = await client.draft.create({ deviceId: id, revision: 'current' });
    const changed = await client.draft.setJson({
      draftId: draft.id,
      version: 1,
      key: 'web/src.json',
      text: '{"#spec":"service-manifest-src@1"}',
    });
    const { updateId } = await client.update.post({
      draftId: draft.id,
      version: changed.version,
      name: 'http-only',
      message: 'm',
    });
    const end = await update(updateId, ended);
    expect(end.outcome).toMatchObject({ result: 'unknown' });
    await device.whenIdle();
    expect(device.progress('locals/http-only')?.status).toBe('UPDATED');
  });

  it('goes on after the program ended in mid-update', async () => {
    const id = await added({ http: true, ssh: true });
    const draft = await client.draft.create({ deviceId: id, revision: 'current' });
    const changed = await client.draft.setFile({
      draftId: draft.id,
      version: 1,
      key: 'web/root.squashfs',
      file: new Blob(['again']),
    });
    const { updateId } = await client.update.post({ draftId: draft.id, version: changed.version, name: 'resumed', message: '' });
    await backend.close();
    await open();
    const end = await update(updateId, ended);
    expect(end.outcome).toMatchObject({ result: 'updated' });
  });
});
