import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SimulatedDevice } from './index.ts';
import { startTestDevice } from './test-device.ts';
import { logIn, type Run } from './test-login.ts';
import { twoContainers } from './test-states.ts';

async function connect(device: SimulatedDevice): Promise<Run> {
  const { run, close } = await logIn(device);
  onTestFinished(close);
  return run;
}

const CURL = 'curl -sS --unix-socket /run/pantavisor/pv/pv-ctrl';

describe('a simulated device', () => {
  it('moves without a reboot when only a container changes', async () => {
    const device = await startTestDevice();
    const run = await connect(device);
    const next = twoContainers({ web: 'b' });
    expect(await run('pvcontrol steps put - locals/next', next)).toEqual({ code: 0, stdout: '\n', stderr: '' });
    expect((await run('pvcontrol cmd run locals/next')).code).toBe(0);
    await device.whenIdle();
    expect(device.progress('locals/next')).toMatchObject({ status: 'UPDATED' });
    expect(device.boot()).toMatchObject({ running: 'locals/next', checkpoint: '0', bootCount: 1 });
  });

  it('reboots when a system container changes, and the revision becomes a checkpoint', async () => {
    const device = await startTestDevice({ timeScale: 0.02 });
    const run = await connect(device);
    await run('pvcontrol steps put - locals/next', twoContainers({ os: 'b' }));
    await run('pvcontrol cmd run locals/next');
    await device.whenIdle();
    expect(device.progress('locals/next')).toMatchObject({ status: 'DONE' });
    expect(device.boot()).toMatchObject({ running: 'locals/next', checkpoint: 'locals/next', bootCount: 2 });
  });

  it('goes back to the checkpoint after a crash loop', async () => {
    const device = await startTestDevice();
    const run = await connect(device);
    device.faults.set('crash-loop:web');
    await run('pvcontrol steps put - locals/next', twoContainers({ web: 'b' }));
    await run('pvcontrol cmd run locals/next');
    await device.whenIdle();
    expect(device.progress('locals/next')).toMatchObject({ status: 'ERROR', 'status-msg': 'A container could not be started' });
    expect(device.boot()).toMatchObject({ running: '0', checkpoint: '0' });
  });

  it('takes an object over curl with a length and gives it back', async () => {
    const device = await startTestDevice();
    const run = await connect(device);
    const bytes = Buffer.alloc(300_000, 'trail');
    const sha = (await run('sha256sum', bytes)).stdout.slice(0, 64);
    const put = `${CURL} -w '%{http_code}' -H Expect: -H Transfer-Encoding: -H 'Content-Length: ${bytes.length}' -T - http://localhost/objects/${sha}`;
    expect(await run(put, bytes)).toEqual({ code: 0, stdout: '200', stderr: '' });
    expect((await run(`cat /var/pantavisor/storage/objects/${sha} | sha256sum`)).stdout.slice(0, 64)).toBe(sha);
    expect(device.hasObject(sha)).toBe(true);
  });

  it('installs and runs what is posted to the pvr endpoint', async () => {
    const device = await startTestDevice();
    const body = JSON.stringify({ 'commit-msg': 'From pvr', post: JSON.parse(twoContainers({ web: 'b' })), rev: -1 });
    const reply = await fetch(`${device.base}/cgi-bin/pvr/post`, { method: 'POST', body });
    expect(await reply.json()).toMatchObject({ rev: -1, revlocal: 'locals/pvr-sdk-1', 'trail-id': 'local' });
    await device.whenIdle();
    expect(device.progress('locals/pvr-sdk-1')).toMatchObject({ status: 'UPDATED' });
  });

  it.each([
    ['pvcontrol cmd run locals/..', 'Command has bad format'],
    ['pvcontrol cmd run ../../x', 'Command has bad format'],
    ['pvcontrol cmd run-commit locals/.', 'Command has bad format'],
    ['echo x | pvcontrol steps put - locals/..', 'Request has bas step name'],
    [`${CURL} -X PUT -d x http://localhost/steps/../commitmsg`, 'Request has bas step name'],
  ])('keeps its trail in its folder: %s', async (command, error) => {
    const device = await startTestDevice();
    const { stdout, stderr } = await (await connect(device))(command);
    expect(stdout + stderr).toContain(error);
    expect([readdirSync(join(device.dir, 'trails')), existsSync(join(device.dir, '.step'))]).toEqual([['0'], false]);
  });

  it('continues on the same disk', async () => {
    const first = await startTestDevice();
    const { hostKeyFingerprint } = first;
    await (await connect(first))('pvcontrol usrmeta save site lab');
    await first.close();
    const second = await startTestDevice({ dir: first.dir });
    expect(second.hostKeyFingerprint).toBe(hostKeyFingerprint);
    expect((await (await connect(second))('pvcontrol usrmeta ls')).stdout).toBe('{"site":"lab"}\n');
  });
});
