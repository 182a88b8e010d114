import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type SimulatedDevice, type SimulatedDeviceOptions, startSimulatedDevice } from './index.ts';
import { logIn, type Run, testKey } from './test-login.ts';
import { objectsOfTwo, twoContainers } from './test-states.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(options: Partial<SimulatedDeviceOptions> = {}): Promise<SimulatedDevice> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'trailboss-simulator-')));
  const device = await startSimulatedDevice({
    dir,
    timeScale: 0.01,
    authorizedKeys: [testKey.publicLine],
    seed: { revisions: [{ name: '0', state: twoContainers() }], objects: objectsOfTwo },
    ...options,
  });
  closers.push(
    () => rm(dir, { recursive: true, force: true }),
    () => device.close(),
  );
  return device;
}

async function connect(device: SimulatedDevice): Promise<Run> {
  const { run, close } = await logIn(device);
  closers.push(async () => close());
  return run;
}

describe('a simulated device', () => {
  it('moves without a reboot when only a container changes', async () => {
    const device = await start();
    const run = await connect(device);
    const next = twoContainers({ web: 'b' });
    expect(await run('pvcontrol steps put - locals/next', next)).toEqual({ code: 0, stdout: '\n', stderr: '' });
    expect((await run('pvcontrol cmd run locals/next')).code).toBe(0);
    await device.whenIdle();
    expect(device.progress('locals/next')).toMatchObject({ status: 'UPDATED' });
    expect(device.boot()).toMatchObject({ running: 'locals/next', checkpoint: '0', bootCount: 1 });
  });

  it('reboots when a system container changes, and the revision becomes a checkpoint', async () => {
    const device = await start({ timeScale: 0.02 });
    const run = await connect(device);
    await run('pvcontrol steps put - locals/next', twoContainers({ os: 'b' }));
    await run('pvcontrol cmd run locals/next');
    await device.whenIdle();
    expect(device.progress('locals/next')).toMatchObject({ status: 'DONE' });
    expect(device.boot()).toMatchObject({ running: 'locals/next', checkpoint: 'locals/next', bootCount: 2 });
  });

  it('goes back to the checkpoint after a crash loop', async () => {
    const device = await start();
    const run = await connect(device);
    device.faults.set('crash-loop:web');
    await run('pvcontrol steps put - locals/next', twoContainers({ web: 'b' }));
    await run('pvcontrol cmd run locals/next');
    await device.whenIdle();
    expect(device.progress('locals/next')).toMatchObject({ status: 'ERROR', 'status-msg': 'A container could not be started' });
    expect(device.boot()).toMatchObject({ running: '0', checkpoint: '0' });
  });

  it('takes an object over curl with a length and gives it back', async () => {
    const device = await start();
    const run = await connect(device);
    const bytes = Buffer.alloc(300_000, 'trail');
    const sha = (await run('sha256sum', bytes)).stdout.slice(0, 64);
    const put = `curl -sS --unix-socket /run/pantavisor/pv/pv-ctrl -w '%{http_code}' -H Expect: -H Transfer-Encoding: -H 'Content-Length: ${bytes.length}' -T - http://localhost/objects/${sha}`;
    expect(await run(put, bytes)).toEqual({ code: 0, stdout: '200', stderr: '' });
    expect((await run(`cat /var/pantavisor/storage/objects/${sha} | sha256sum`)).stdout.slice(0, 64)).toBe(sha);
    expect(device.hasObject(sha)).toBe(true);
  });

  it('installs and runs what is posted to the pvr endpoint', async () => {
    const device = await start();
    const base = `http://${device.host}:${device.httpPort}/cgi-bin/pvr`;
    const body = JSON.stringify({ 'commit-msg': 'From pvr', post: JSON.parse(twoContainers({ web: 'b' })), rev: -1 });
    const reply = await fetch(`${base}/post`, { method: 'POST', body });
    expect(await reply.json()).toMatchObject({ rev: -1, revlocal: 'locals/pvr-sdk-1', 'trail-id': 'local' });
    await device.whenIdle();
    expect(device.progress('locals/pvr-sdk-1')).toMatchObject({ status: 'UPDATED' });
  });

  it('continues on the same disk', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'trailboss-simulator-'));
    const first = await start({ dir });
    const { hostKeyFingerprint } = first;
    await (await connect(first))('pvcontrol usrmeta save site lab');
    await first.close();
    const second = await start({ dir });
    expect(second.hostKeyFingerprint).toBe(hostKeyFingerprint);
    expect((await (await connect(second))('pvcontrol usrmeta ls')).stdout).toBe('{"site":"lab"}\n');
  });
});
