import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { SimulatedDeviceOptions } from '../index.ts';
import { startTestDevice, type TestDevice } from '../test-device.ts';
import { logIn } from '../test-login.ts';
import { objectsOfTwo, twoContainers } from '../test-states.ts';
import { type Owner, signIn, startHub, startTestHub, type TestHub } from './test-hub.ts';

const tlsFile = (name: string): string => readFileSync(join(import.meta.dirname, '..', 'fixtures', 'tls', name), 'utf8');

const PATIENCE = { timeout: 20_000, interval: 20 };

/** A device with two containers that registers itself and is claimed. */
async function claimedDevice(
  { hub, owner }: TestHub,
  { hub: more, ...options }: Partial<Omit<SimulatedDeviceOptions, 'hub'>> & { hub?: { bytesPerSecond?: number } } = {},
): Promise<TestDevice & { readonly id: string }> {
  const device = await startTestDevice({ httpPort: false, ...options, hub: { url: hub.url, ...more } });
  const { 'device-id': id = '', challenge = '' } = await vi.waitFor(() => {
    const told = device.announcement();
    expect(told?.challenge).toBeDefined();
    return told ?? { pantahub: '' };
  }, PATIENCE);
  expect((await owner.ask('PUT', `/devices/${id}?challenge=${challenge}`, {})).status).toBe(200);
  for (const object of objectsOfTwo) if ('content' in object) await owner.upload(object.content);
  await vi.waitFor(() => expect(device.hub()?.state).toBe('idle'), PATIENCE);
  return Object.assign(device, { id });
}

async function ending(owner: Owner, id: string, rev: number): Promise<string> {
  return vi.waitFor(async () => {
    const { progress } = await owner.step(id, rev);
    expect(['DONE', 'UPDATED', 'ERROR', 'WONTGO']).toContain(progress.status);
    return `${progress.status}: ${progress['status-msg']}`;
  }, PATIENCE);
}

describe('a device on a hub', () => {
  it('registers itself, shows its challenge, and is at home once it is claimed', async () => {
    const { hub, owner } = await startTestHub();
    const device = await startTestDevice({ hub: { url: hub.url } });
    const told = await vi.waitFor(() => {
      const announced = device.announcement();
      expect(announced?.challenge).toMatch(/^\w+-\w+-\w+$/);
      return announced;
    }, PATIENCE);
    expect(device.hub()).toMatchObject({ claimed: false, state: 'claim', mode: 'remote' });
    const { run, close } = await logIn(device);
    expect(await run('cat /pantavisor/device-id /run/pantavisor/pv/challenge')).toMatchObject({
      code: 0,
      stdout: `${told?.['device-id']}\n${told?.challenge}\n`,
    });

    await owner.ask('PUT', `/devices/${told?.['device-id']}?challenge=${told?.challenge}`, { nick: 'bench' });
    await vi.waitFor(() => expect(device.hub()).toMatchObject({ claimed: true, online: true, state: 'idle' }), PATIENCE);
    expect(device.announcement()).toEqual({ pantahub: new URL(hub.url).host, 'device-id': told?.['device-id'] });
    expect((await run('cat /run/pantavisor/pv/device-id /run/pantavisor/pv/challenge')).stdout).toBe(`${told?.['device-id']}\n`);
    const config = JSON.parse((await run('pvcontrol config ls')).stdout);
    expect(config).toMatchObject({ 'creds.id': told?.['device-id'], 'creds.prn': `prn:::devices:/${told?.['device-id']}` });
    close();

    const id = told?.['device-id'] ?? '';
    expect(await owner.step(id, 0)).toMatchObject({ progress: { status: 'DONE' } });
    await vi.waitFor(async () => {
      expect((await owner.device(id))['device-meta']).toMatchObject({
        'pantavisor.revision': '0',
        'pantavisor.mode': 'remote',
        'pantahub.claimed': '1',
        'pantahub.online': '1',
      });
    }, PATIENCE);
    expect((await owner.ask('GET', `/trails/${id}/steps/0/state`)).body).toEqual(JSON.parse(twoContainers()));
  });

  it('is owned at once with a join token', async () => {
    const { hub, owner } = await startTestHub();
    const made = z.object({ token: z.string() }).parse((await owner.ask('POST', '/devices/tokens', {})).body);
    const device = await startTestDevice({ hub: { url: hub.url, autoToken: made.token } });
    await vi.waitFor(() => expect(device.hub()).toMatchObject({ claimed: true, online: true, state: 'idle' }), PATIENCE);
    expect((await owner.device(device.hub()?.id ?? '')).owner).not.toBe('');
  });

  it('registers over TLS only with a hub whose authority it knows', async () => {
    const hub = await startHub({ tls: { key: tlsFile('key.pem'), cert: tlsFile('cert.pem') } });
    const device = await startTestDevice({ hub: { url: hub.url, ca: tlsFile('cert.pem') } });
    await vi.waitFor(() => expect(device.hub()?.state).toBe('claim'), PATIENCE);
    const stranger = await startTestDevice({ hub: { url: hub.url } });
    await vi.waitFor(() => expect(stranger.hub()?.state).toBe('register'), PATIENCE);
    expect(stranger.hub()).toMatchObject({ id: undefined, online: false });
  });

  it('fetches what it lacks, tells the bytes as they come, and ends as the move does', async () => {
    const test = await startTestHub();
    const device = await claimedDevice(test, { hub: { bytesPerSecond: 40_000 } });
    const large = await test.owner.upload(Buffer.alloc(1_000_000, 'large'));
    const state = JSON.stringify({ ...JSON.parse(twoContainers()), 'web/root.squashfs': large });
    const rev = await test.owner.post(device.id, state);
    const halfWay = await vi.waitFor(async () => {
      const { progress } = await test.owner.step(device.id, rev);
      expect(progress.status).toBe('DOWNLOADING');
      expect(progress.downloads.total.total_downloaded).toBeGreaterThan(0);
      return progress;
    }, PATIENCE);
    expect(halfWay).toMatchObject({
      'status-msg': 'Downloading update artifacts, retry 1 of 10',
      downloads: { total: { total_size: 1_000_000 } },
    });
    expect(device.life().phase).toEqual({ kind: 'fetching', revision: '1' });
    expect(await ending(test.owner, device.id, rev)).toBe('UPDATED: Update finished, revision not set as rollback point');
    expect(device.boot()).toMatchObject({ running: '1', checkpoint: '0' });
    expect(device.hasObject(large)).toBe(true);
  });

  it('reboots into a step that needs it, and logs in again', async () => {
    const test = await startTestHub();
    const device = await claimedDevice(test);
    const rev = await test.owner.post(device.id, twoContainers({ os: 'b' }));
    expect(await ending(test.owner, device.id, rev)).toBe('DONE: Update finished, revision set as rollback point');
    expect(device.boot()).toMatchObject({ running: '1', checkpoint: '1', bootCount: 2 });
  });

  it.each([
    [
      'a state that its signatures do not cover',
      twoContainers({ web: 'b' }),
      'WONTGO: State not fully covered by signatures',
      'wontgo',
    ],
    ['no room', twoContainers({ web: 'b' }), expect.stringMatching(/^WONTGO: Space required \d+ B, available 0 B$/), 'no-space'],
    [
      'a state that it cannot read',
      twoContainers().replace('"group":"app"', '"group":"nowhere"'),
      'WONTGO: State JSON has bad format',
      undefined,
    ],
    [
      'other bytes under an object’s name',
      twoContainers({ web: 'b' }),
      'WONTGO: Max download update retries reached',
      'wrong-hash',
    ],
    ['a container that keeps crashing', twoContainers({ web: 'b' }), 'ERROR: A container could not be started', 'crash-loop:web'],
  ] as const)('stays where it was, or comes back, with %s', async (_what, state, end, fault) => {
    const test = await startTestHub();
    const device = await claimedDevice(test, {
      timeScale: 0.004,
      seed: { revisions: [{ name: '0', state: twoContainers() }], objects: objectsOfTwo.slice(0, 1) },
    });
    if (fault) device.faults.set(fault);
    const rev = await test.owner.post(device.id, state);
    expect(await ending(test.owner, device.id, rev)).toEqual(end);
    expect(device.boot()).toMatchObject({ running: '0', checkpoint: '0' });
  });

  it('takes the lowest of several steps first', async () => {
    const test = await startTestHub();
    const device = await claimedDevice(test);
    const first = await test.owner.post(device.id, twoContainers({ web: 'b' }));
    const second = await test.owner.post(device.id, twoContainers());
    expect(await ending(test.owner, device.id, second)).toMatch(/^UPDATED/);
    expect((await test.owner.step(device.id, first)).progress.status).toBe('UPDATED');
    expect(device.boot().running).toBe('2');
  });

  it('goes on with a download after the hub was away', async () => {
    const test = await startTestHub();
    const device = await claimedDevice(test, { hub: { bytesPerSecond: 400_000 } });
    // More than what the sockets between them hold.
    const large = await test.owner.upload(Buffer.alloc(24_000_000, 'large'));
    const state = JSON.stringify({ ...JSON.parse(twoContainers()), 'web/root.squashfs': large });
    const rev = await test.owner.post(device.id, state);
    await vi.waitFor(async () => {
      expect((await test.owner.step(device.id, rev)).progress.downloads.total.total_downloaded).toBeGreaterThan(0);
    }, PATIENCE);
    test.hub.faults.set('down');
    await vi.waitFor(() => expect(device.hub()?.online).toBe(false), PATIENCE);
    test.hub.faults.clear('down');
    expect(await ending(test.owner, device.id, rev)).toMatch(/^UPDATED/);
    expect(device.progress('1')?.retries).toBeGreaterThan(1);
  });

  it('goes back when the hub is away while the revision is tested, and tells so later', async () => {
    const test = await startTestHub();
    const device = await claimedDevice(test);
    const rev = await test.owner.post(device.id, twoContainers({ web: 'b' }));
    await vi.waitFor(() => expect(device.life().phase.kind).toBe('testing'), PATIENCE);
    test.hub.faults.set('down');
    await vi.waitFor(() => expect(device.progress('1')?.status).toBe('ERROR'), PATIENCE);
    test.hub.faults.clear('down');
    expect(await ending(test.owner, device.id, rev)).toBe('ERROR: Hub communication not stable');
    expect(device.boot().running).toBe('0');
  });

  it('logs in again when its token is not taken any more', async () => {
    const test = await startTestHub({ jwtMinutes: 1.5 / 60 });
    const device = await claimedDevice(test);
    const logins = (): number => test.hub.counts.byRoute()['POST /auth/login'] ?? 0;
    const before = logins();
    await vi.waitFor(() => expect(logins()).toBeGreaterThan(before), PATIENCE);
    const owner = await signIn(test.hub.url);
    const rev = await owner.post(device.id, twoContainers({ web: 'b' }));
    await vi.waitFor(() => expect(device.progress(String(rev))?.status).toBe('UPDATED'), PATIENCE);
  });

  it('is off the hub while a local revision runs, until it is told to go remote', async () => {
    const test = await startTestHub();
    const device = await claimedDevice(test);
    const { run, close } = await logIn(device);
    expect((await run('pvcontrol cmd go-remote')).code).not.toBe(0);
    await run('pvcontrol steps put - locals/mine', twoContainers({ web: 'b' }));
    await run('pvcontrol cmd run locals/mine');
    await device.whenIdle();
    expect(device.hub()).toMatchObject({ mode: 'local', state: 'init' });
    expect(JSON.parse((await run('pvcontrol devmeta ls')).stdout)).toMatchObject({
      'pantavisor.mode': 'local',
      'pantavisor.revision': 'locals/mine',
    });
    const rev = await test.owner.post(device.id, twoContainers());
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await test.owner.step(device.id, rev)).progress.status).toBe('NEW');

    expect(await run('pvcontrol cmd go-remote')).toMatchObject({ code: 0 });
    close();
    expect(await ending(test.owner, device.id, rev)).toMatch(/^UPDATED/);
    expect(device.hub()).toMatchObject({ mode: 'remote' });
    expect(device.boot().running).toBe('1');
  });

  it('takes over user-meta, and sends the lines of its log', async () => {
    const test = await startTestHub();
    const device = await claimedDevice(test);
    await test.owner.ask('PUT', `/devices/${device.id}/user-meta`, { 'fleet.site': 'lab' });
    const { run, close } = await logIn(device);
    await vi.waitFor(async () => expect((await run('pvcontrol usrmeta ls')).stdout).toBe('{"fleet.site":"lab"}\n'), PATIENCE);
    close();
    await ending(test.owner, device.id, await test.owner.post(device.id, twoContainers({ web: 'b' })));
    const found = await vi.waitFor(async () => {
      const { body } = await test.owner.ask('GET', `/logs/?dev=${device.id}&plat=web&sort=time-created&page=10`);
      expect(body).toMatchObject({ entries: expect.anything() });
      return body;
    }, PATIENCE);
    expect(found).toMatchObject({
      entries: expect.arrayContaining([
        expect.objectContaining({ plat: 'web', rev: '1', src: '/lxc/console.log', msg: 'web: starting' }),
      ]),
    });
  });

  it('goes on where it was when it is switched on again', async () => {
    const test = await startTestHub();
    const device = await claimedDevice(test, { hub: { bytesPerSecond: 20_000 } });
    const large = await test.owner.upload(Buffer.alloc(1_000_000, 'large'));
    const state = JSON.stringify({ ...JSON.parse(twoContainers()), 'web/root.squashfs': large });
    const rev = await test.owner.post(device.id, state);
    await vi.waitFor(() => expect(device.progress('1')?.status).toBe('DOWNLOADING'), PATIENCE);
    await device.close();
    const again = await startTestDevice({ dir: device.dir, hub: { url: test.hub.url } });
    expect(await ending(test.owner, device.id, rev)).toMatch(/^UPDATED/);
    expect(again.progress('1')?.retries).toBeGreaterThan(1);
  });
});
