import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { RevisionName } from '../../../shared/state/ids.ts';
import { makeKeyPair } from '../../net/keys.ts';
import { startSimulatedHub } from '../../simulator/hub/index.ts';
import { type SimulatedDevice, type SimulatedDeviceOptions, startSimulatedDevice } from '../../simulator/index.ts';
import { objectsOfTwo, twoContainers } from '../../simulator/test-states.ts';
import type { LoginKeys } from '../source.ts';
import { all, closeAll, closers, linkTo, pair, uploadOf } from './test-link.ts';

const never = new AbortController().signal;
afterEach(closeAll);

async function start(options: Partial<SimulatedDeviceOptions> = {}): Promise<SimulatedDevice> {
  const dir = mkdtempSync(join(tmpdir(), 'trailboss-link-'));
  closers.push(() => rmSync(dir, { recursive: true, force: true }));
  const device = await startSimulatedDevice({
    dir,
    timeScale: 0.02,
    authorizedKeys: [pair.publicLine],
    seed: { revisions: [{ name: '0', state: twoContainers() }], objects: objectsOfTwo },
    ...options,
  });
  closers.push(() => device.close());
  return device;
}

const revision = (name: string) => RevisionName.parse(name);
const next = twoContainers({ web: 'b' });

describe.each([
  ['both ways', ['http', 'ssh']],
  ['SSH alone', ['ssh']],
  ['the pvr endpoint alone', ['http']],
] as const)('over %s', (_name, ways) => {
  it('a state is read, objects go up, a revision is posted and runs', async () => {
    const device = await start();
    const { link } = linkTo(device, { ways });
    await link.connect(never);
    const ssh = ways.some((way) => way === 'ssh');
    expect(await link.readRunning(never)).toEqual({ revision: ssh ? '0' : undefined, text: twoContainers() });
    const upload = uploadOf(Buffer.alloc(700_000, 'x'));
    expect(await link.missingObjects([upload.sha], never)).toEqual(ssh ? new Set([upload.sha]) : undefined);
    expect(await link.uploadObject(upload, never)).toBe('sent');
    await expect(link.uploadObject(upload, never)).resolves.toMatch(/sent|already-there/);
    if (ssh) expect(await link.missingObjects([upload.sha], never)).toEqual(new Set());
    expect((await all(link.downloadObject(upload.sha, never))).length).toBe(upload.size);
    const posted = await link.postRevision({ name: revision('locals/next'), message: 'why not', state: next }, never);
    expect(posted).toEqual({ revision: 'locals/next', runs: !ssh });
    if (ssh) await link.runRevision(posted.revision, never);
    await device.whenIdle();
    expect(device.progress('locals/next')).toMatchObject({ status: 'UPDATED' });
    await vi.waitFor(async () => expect((await link.readRunning(never)).text).toBe(next));
  });
});

describe('what each way can do', () => {
  it('is told, with uploads over HTTP and posts over SSH', async () => {
    const device = await start();
    const both = linkTo(device).link;
    await both.connect(never);
    expect(both.ways).toMatchObject({ http: { kind: 'open' }, ssh: { kind: 'open' } });
    expect(Object.values(both.capabilities).every((can) => can)).toBe(true);
    expect([both.uploadWay, both.postWay, both.parallelUploads]).toEqual(['http', 'ssh', 5]);
  });

  it('is used at once while the other way stays closed', async () => {
    const device = await start();
    const keys: LoginKeys = {
      keyFor: async () => ({ kind: 'private-key', pem: makeKeyPair('stranger').privateKey, passphrase: undefined }),
    };
    const { link } = linkTo(device, { keys });
    await link.connect(never);
    expect(link.ways).toMatchObject({ http: { kind: 'open' }, ssh: { kind: 'blocked' } });
    const before = performance.now();
    for (let poll = 0; poll < 20; poll += 1) {
      await link.connect(never);
      await link.readRunning(never);
    }
    expect(performance.now() - before).toBeLessThan(2000);
  });

  it('is less without SSH, and says what SSH would add', async () => {
    const device = await start({ sshPort: false });
    const { link } = linkTo(device, { ways: ['http'] });
    await link.connect(never);
    expect(link.ways.ssh).toEqual({ kind: 'not-configured' });
    expect(link.capabilities).toEqual({
      readState: true,
      readTimeline: false,
      readContainers: false,
      readMetadata: false,
      uploadObjects: true,
      postRevision: true,
      runRevision: false,
      watchProgress: false,
      reboot: false,
      writeUserMeta: false,
      readLogs: false,
      openTerminal: false,
    });
    const error = await link.readTimeline(never).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'WAY_MISSING', data: { next: expect.stringContaining('8222') } });
    expect(link.postWay).toBe('http');
  });

  it('goes on over the other way when one is closed', async () => {
    const device = await start();
    const { link } = linkTo(device, { pinned: null });
    await link.connect(never);
    expect(link.ways).toMatchObject({ http: { kind: 'open' }, ssh: { kind: 'blocked', problem: { code: 'HOST_KEY_UNKNOWN' } } });
    expect(link.postWay).toBe('http');
    expect((await link.readRunning(never)).text).toBe(twoContainers());
    await expect(link.readTimeline(never)).rejects.toMatchObject({
      code: 'HOST_KEY_UNKNOWN',
      data: { hostKey: { fingerprint: device.hostKeyFingerprint } },
    });
  });
});

describe('over SSH', () => {
  it('timeline, progress, containers, groups and metadata are read', async () => {
    const state = twoContainers();
    const logs = Array.from({ length: 12 }, (_, index) =>
      JSON.stringify({ level: 'ERROR', msg: `line ${index} of what went wrong in the container` }),
    );
    const device = await start({
      seed: {
        revisions: [
          { name: '0', state },
          {
            name: 'locals/bad',
            state,
            message: 'broken',
            status: 'ERROR',
            statusMessage: 'A container could not be started',
            logs,
          },
          { name: 'locals/good', state, message: 'fine', status: 'DONE' },
        ],
        objects: objectsOfTwo,
        userMeta: { site: 'lab' },
      },
    });
    const { link } = linkTo(device, { ways: ['ssh'] });
    const steps = await link.readTimeline(never);
    expect(steps.map(({ name, message, progress }) => [name, message, progress?.status])).toEqual([
      ['0', '', 'DONE'],
      ['locals/bad', 'broken', 'ERROR'],
      ['locals/good', 'fine', 'DONE'],
    ]);
    // Longer than the list shows, so it was asked for by itself.
    expect(steps[1]?.progress?.logs).toContain('line 11');
    expect(await link.readProgress(revision('locals/bad'), never)).toEqual(steps[1]?.progress);
    expect(await link.readProgress(revision('locals/none'), never)).toBeUndefined();
    await expect(link.readState(revision('locals/none'), never)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await link.readState(revision('locals/bad'), never)).toBe(state);
    const containers = await link.readContainers(never);
    expect(containers.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['os', 'system'],
      ['web', 'container'],
    ]);
    expect((await link.readGroups(never)).map(({ name }) => name)).toEqual(['data', 'root', 'platform', 'app']);
    expect(await link.readDeviceMeta(never)).toMatchObject({ 'pantavisor.revision': 'locals/good' });
    expect(await link.readUserMeta(never)).toMatchObject({ site: 'lab' });
  });

  it('metadata is changed key by key, and others’ keys stay', async () => {
    const { link } = linkTo(await start());
    await link.changeUserMeta((own) => ({ ...own, site: 'lab', 'pvr-sdk.note': 'two\nlines\n' }), never);
    const after = await link.changeUserMeta(({ site: _gone, ...own }) => own, never);
    expect(after).toMatchObject({ 'pvr-sdk.note': 'two\nlines\n' });
    expect(after).not.toHaveProperty('site');
    await expect(link.changeUserMeta((own) => ({ ...own, 'a/b': 'x' }), never)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('a device that is on no hub says so, and can’t go back to one', async () => {
    const { link } = linkTo(await start());
    expect(await link.readHubIdentity(never)).toBeUndefined();
    await expect(link.goRemote(never)).rejects.toMatchObject({ data: { what: expect.stringContaining('disabled by config') } });
  });

  it('a device on a hub says who it is there, and follows it again after a local revision', async () => {
    const hub = await startSimulatedHub({ accounts: [{ nick: 'ana', email: 'ana@example.com', password: 'ana' }] });
    closers.push(() => hub.close());
    const steps = [{ rev: 0, state: twoContainers(), message: '', progress: { status: 'DONE' } }];
    for (const object of objectsOfTwo) if ('content' in object) hub.putObject('ana', object.content);
    const { id, secret } = hub.seedDevice({ owner: 'ana', nick: 'bench', steps });
    const device = await start({ hub: { url: hub.url, id, secret } });
    const { link } = linkTo(device);
    await vi.waitFor(async () => expect(await link.readHubIdentity(never)).toEqual({ deviceId: id }), { timeout: 10_000 });
    await link.goRemote(never);
    const name = RevisionName.parse('locals/mine');
    await link.postRevision({ name, message: '', state: twoContainers({ web: 'b' }) }, never);
    await link.runRevision(name, never);
    await vi.waitFor(() => expect(device.hub()?.mode).toBe('local'), { timeout: 10_000 });
    await device.whenIdle();
    await link.goRemote(never);
    await vi.waitFor(() => expect(device.hub()?.mode).toBe('remote'), { timeout: 10_000 });
  });

  it('the device’s refusals come through in words', async () => {
    const device = await start({ timeScale: 0.05 });
    const { link } = linkTo(device, { ways: ['ssh'] });
    await expect(link.containerAction('os', 'stop', never)).rejects.toMatchObject({ code: 'REFUSED_BY_DEVICE' });
    await expect(link.containerAction('nobody', 'stop', never)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    device.faults.set('no-space');
    await expect(link.uploadObject(uploadOf(Buffer.alloc(300_000)), never)).rejects.toMatchObject({ code: 'NO_SPACE' });
    device.faults.clear();
    device.faults.set('wrong-hash');
    await expect(link.uploadObject(uploadOf(Buffer.alloc(300_000, 1)), never)).rejects.toMatchObject({ code: 'BAD_CHECKSUM' });
    device.faults.clear();
    await expect(
      link.postRevision({ name: revision('locals/bad'), message: '', state: '{"no spec": 1}' }, never),
    ).rejects.toMatchObject({ code: 'BAD_STATE' });
    await link.postRevision({ name: revision('locals/next'), message: '', state: next }, never);
    await link.runRevision(revision('locals/next'), never);
    await vi.waitUntil(() => device.progress('locals/next')?.status === 'TESTING', { timeout: 15_000 });
    await expect(link.runRevision(revision('0'), never)).rejects.toMatchObject({ code: 'DEVICE_BUSY' });
    await device.whenIdle();
  });

  it('a changed host key blocks until a person accepts it', async () => {
    const device = await start();
    const own = { algorithm: 'ssh-ed25519', fingerprint: device.hostKeyFingerprint };
    device.faults.set('changed-host-key');
    const { link, pin } = linkTo(device, { ways: ['ssh'], pinned: own });
    await link.connect(never);
    const { ssh } = link.ways;
    if (ssh.kind !== 'blocked') throw new Error(`the way is ${ssh.kind}`);
    expect(ssh.problem.code).toBe('HOST_KEY_CHANGED');
    expect(ssh.problem.hostKey).toMatchObject({ pinned: own.fingerprint, fingerprint: device.hostKeyFingerprint });
    await expect(link.readTimeline(never)).rejects.toMatchObject({ code: 'HOST_KEY_CHANGED' });
    pin({ algorithm: 'ssh-ed25519', fingerprint: ssh.problem.hostKey?.fingerprint ?? '' });
    await link.connect(never);
    expect(link.ways.ssh.kind).toBe('open');
  });

  it('a key that is missing or refused blocks with what to do', async () => {
    const device = await start();
    const stranger = makeKeyPair('stranger');
    const refused = linkTo(device, {
      ways: ['ssh'],
      keys: { keyFor: async () => ({ kind: 'private-key', pem: stranger.privateKey, passphrase: undefined }) },
    }).link;
    await refused.connect(never);
    expect(refused.ways.ssh).toMatchObject({
      kind: 'blocked',
      problem: { code: 'LOGIN_REFUSED', next: expect.stringContaining('authorized_keys') },
    });
    const gone = new TrailbossError('NOT_FOUND', { what: 'The key file is gone.', unchanged: 'All.', next: 'Choose another.' });
    const missing = linkTo(device, { ways: ['ssh'], keys: { keyFor: () => Promise.reject(gone) } }).link;
    await missing.connect(never);
    expect(missing.ways.ssh).toMatchObject({
      kind: 'blocked',
      problem: { code: 'LOGIN_REFUSED', what: 'The key file is gone.' },
    });
  });

  it('a login may land in a container, or in none', async () => {
    const device = await start();
    await vi.waitUntil(() => device.life().containers.some(({ name }) => name === 'web'));
    const inside = linkTo(device, { ways: ['ssh'], user: 'web' }).link;
    expect((await inside.readContainers(never)).length).toBe(2);
    const nowhere = linkTo(device, { ways: ['ssh'], user: 'nobody' }).link;
    await nowhere.connect(never);
    expect(nowhere.ways.ssh).toMatchObject({
      kind: 'blocked',
      problem: { code: 'LOGIN_REFUSED', what: expect.stringContaining('“nobody”') },
    });
  });

  it.each(['html-instead-of-json', 'truncated-reply', 'endless-reply', 'garbage'] as const)(
    'a device with “%s” is no crash',
    async (fault) => {
      const device = await start();
      const { link } = linkTo(device);
      await link.connect(never);
      device.faults.set(fault);
      for (const read of [() => link.readTimeline(never), () => link.readRunning(never), () => link.readContainers(never)]) {
        const error = await read().catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(TrailbossError);
        expect(['BAD_REPLY', 'NOT_A_DEVICE', 'NOT_ANSWERING', 'REFUSED_BY_DEVICE']).toContain((error as TrailbossError).code);
      }
      device.faults.clear();
      await vi.waitFor(async () => expect((await link.readTimeline(never)).length).toBe(1), { timeout: 15_000, interval: 300 });
      expect(link.ways.ssh.kind).toBe('open');
    },
  );
});

describe('a device that goes away and comes back', () => {
  it('is silent since then, keeps what it can do, and is open again by itself', async () => {
    const device = await start();
    const { link } = linkTo(device);
    await link.connect(never);
    const kinds: string[] = [];
    const stop = link.onWays(() => kinds.push(`${link.ways.http.kind}/${link.ways.ssh.kind}`));
    device.powerCut({ seconds: 100 });
    await vi.waitUntil(() => link.ways.ssh.kind === 'silent');
    const { ssh } = link.ways;
    expect(ssh).toMatchObject({
      kind: 'silent',
      heardAt: expect.any(Number),
      problem: { code: expect.stringMatching(/NOT_ANSWERING|UNREACHABLE/) },
    });
    expect(link.capabilities.readTimeline).toBe(true);
    await expect(link.readTimeline(never)).rejects.toBeInstanceOf(TrailbossError);
    await vi.waitUntil(() => link.ways.ssh.kind === 'open', { timeout: 15_000 });
    expect((await link.readTimeline(never)).length).toBe(1);
    stop();
    expect(kinds.length).toBeGreaterThan(1);
    expect(kinds.some((kind) => kind.endsWith('/silent'))).toBe(true);
  });

  it('is watched through a reboot to its end', async () => {
    const device = await start({ timeScale: 0.03 });
    const { link } = linkTo(device);
    await link.connect(never);
    await link.postRevision({ name: revision('locals/os'), message: '', state: twoContainers({ os: 'b' }) }, never);
    // The answer may be lost in the reboot that the command brings.
    await link
      .runRevision(revision('locals/os'), never)
      .catch((error: TrailbossError) => expect(error.code).toBe('NOT_ANSWERING'));
    const read = async () => (await link.readProgress(revision('locals/os'), never).catch(() => undefined))?.status;
    await vi.waitFor(async () => expect(await read()).toBe('DONE'), { timeout: 18_000, interval: 150 });
    expect((await link.readRunning(never)).revision).toBe('locals/os');
  });

  it('never answers, and holds nothing up', async () => {
    const device = await start();
    device.faults.set('not-answering');
    const { link } = linkTo(device, { ways: ['http'] });
    const controller = new AbortController();
    const connecting = link.connect(controller.signal);
    controller.abort();
    await connecting;
    const asked = link.readRunning(AbortSignal.timeout(100)).catch((error: unknown) => error);
    expect(await asked).toMatchObject({ code: expect.stringMatching(/CANCELLED|NOT_ANSWERING/) });
  });

  it('cuts uploads, which go on when it is back', async () => {
    const device = await start();
    const { link } = linkTo(device);
    await link.connect(never);
    const upload = uploadOf(Buffer.alloc(2_000_000, 'part'));
    device.faults.set('cut-upload-after:500000');
    await expect(link.uploadObject(upload, never)).rejects.toMatchObject({ code: 'NOT_ANSWERING' });
    expect(device.hasObject(upload.sha)).toBe(false);
    device.faults.clear();
    expect(await link.uploadObject(upload, never)).toBe('sent');
    expect(device.hasObject(upload.sha)).toBe(true);
  });
});
