import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAULTS, type SimulatedDevice, type SimulatedDeviceOptions, startSimulatedDevice } from './index.ts';
import { startTestDevice, type TestDevice } from './test-device.ts';
import { exitOf, logIn, openClient } from './test-login.ts';
import { twoContainers } from './test-states.ts';

function start(options: Partial<SimulatedDeviceOptions> = {}): Promise<TestDevice> {
  return startTestDevice({ timeScale: 0.004, ...options });
}

/** Posts a state over the pvr endpoint and waits for the end of its update. */
async function post(device: TestDevice, state: string): Promise<unknown> {
  const reply = await fetch(`${device.base}/cgi-bin/pvr/post`, { method: 'POST', body: `{"post":${state},"rev":"locals/next"}` });
  expect(reply.status).toBe(200);
  await device.whenIdle();
  const { status, 'status-msg': message } = device.progress('locals/next') ?? {};
  return `${status}: ${message}`;
}

const BYTES = Buffer.alloc(300_000, 'bytes');
const SHA = createHash('sha256').update(BYTES).digest('hex');

/** @param bytes what is sent under the name of `BYTES`. */
async function upload(device: TestDevice, bytes = BYTES): Promise<string> {
  try {
    const reply = await fetch(`${device.base}/put/${SHA}`, { method: 'PUT', body: new Uint8Array(bytes) });
    return `${reply.status} ${await reply.text()}`;
  } catch {
    return 'connection lost';
  }
}

describe('a fault', () => {
  it('is described, once, with what it takes', () => {
    const names = FAULTS.map((each) => each.name);
    expect(new Set(names).size).toBe(names.length);
    expect(FAULTS.filter((each) => 'argument' in each).map((each) => each.name)).toEqual([
      'crash-loop',
      'cannot-start',
      'slow-upload',
      'cut-upload-after',
      'slow-download',
    ]);
  });

  it.each([
    ['missing-object', 'ERROR: Object validation went wrong'],
    ['corrupt-object', 'ERROR: Object validation went wrong'],
    ['crash-loop:web', 'ERROR: A container could not be started'],
    ['cannot-start:web', 'ERROR: A container could not be started'],
    ['wontgo', 'WONTGO: State not fully covered by signatures'],
    ['crash-loop:other', 'UPDATED: Update finished, revision not set as rollback point'],
  ] as const)('%s: an update ends as %s', async (fault, end) => {
    const device = await start({ faults: [fault] });
    expect(await post(device, twoContainers({ web: 'b' }))).toBe(end);
    expect(device.boot().running).toBe(fault === 'crash-loop:other' ? 'locals/next' : '0');
  });

  it('power-cut-in-testing: a revision that was booted is given up, one that was moved to is booted', async () => {
    const booted = await start({ faults: ['power-cut-in-testing'], timeScale: 0.02 });
    expect(await post(booted, twoContainers({ os: 'b' }))).toBe('ERROR: Unexpected rollback');
    const moved = await start({ faults: ['power-cut-in-testing'] });
    expect(await post(moved, twoContainers({ web: 'b' }))).toBe('DONE: Update finished, revision set as rollback point');
    const forgetful = await start({ faults: ['power-cut-in-testing'], bootLoader: 'forgets-try', timeScale: 0.02 });
    expect(await post(forgetful, twoContainers({ os: 'b' }))).toBe('DONE: Update finished, revision set as rollback point');
  });

  it.each([
    ['no-space', '507 {"Error":"Not enough disk space available"}'],
    ['wrong-hash', '422 {"Error":"Object has bad checksum"}'],
    ['cut-upload-after:65536', 'connection lost'],
    ['slow-upload:3000000', '200 '],
  ] as const)('%s: an upload ends with %s', async (fault, end) => {
    const device = await start({ faults: [fault] });
    const begun = performance.now();
    expect(await upload(device)).toBe(end);
    expect(device.hasObject(SHA)).toBe(end === '200 ');
    expect(readdirSync(join(device.dir, 'uploads'))).toEqual([]);
    if (fault.startsWith('slow')) expect(performance.now() - begun).toBeGreaterThan(90);
    device.faults.clear();
    expect(await upload(device)).toBe('200 ');
  });

  it.each([
    ['html-instead-of-json', /^<!DOCTYPE html>/],
    ['garbage', /^\0/],
    ['truncated-reply', /^\{[^}]*$/],
  ] as const)('%s: replies cannot be read', async (fault, looks) => {
    const device = await start({ faults: [fault] });
    const text = await (await fetch(`${device.base}/cgi-bin/pvr/.pvrremote`)).text();
    expect(text).toMatch(looks);
    expect(() => JSON.parse(text)).toThrow();
  });

  it('truncated-reply: a download ends in the middle, and not only once an idle connection is given up', async () => {
    const device = await start();
    expect(await upload(device)).toBe('200 ');
    device.faults.set('truncated-reply');
    const reply = await fetch(`${device.base}/get/${SHA}`);
    expect(reply.headers.get('connection')).toBe('close');
    await expect(reply.arrayBuffer()).rejects.toThrow('terminated');
  });

  it.each([
    ['no fault', []],
    ['no-space', ['no-space']],
    ['wrong-hash', ['wrong-hash']],
  ] as const)('%s: an object that is there outlives other bytes under its name', async (_name, faults) => {
    const device = await start();
    expect(await upload(device)).toBe('200 ');
    for (const fault of faults) device.faults.set(fault);
    expect(await upload(device, Buffer.alloc(300_000, 'other bytes'))).toBe('200 ');
    expect(readFileSync(device.objectFile(SHA)).equals(BYTES)).toBe(true);
  });

  it('endless-reply: a reply has no end, and costs nothing once nobody reads it', async () => {
    const device = await start({ faults: ['endless-reply'] });
    const reply = await fetch(`${device.base}/cgi-bin/pvr/json`);
    let bytes = 0;
    for await (const chunk of reply.body ?? []) {
      bytes += chunk.length;
      if (bytes > 1_000_000) break;
    }
    expect(bytes).toBeGreaterThan(1_000_000);
  });

  it('not-answering: connections are taken, and answered once it is over', async () => {
    const device = await start();
    device.faults.set('not-answering');
    let answered = false;
    const asked = fetch(`${device.base}/cgi-bin/pvr/json`).then((reply) => {
      answered = true;
      return reply.status;
    });
    const greeting = await sshGreeting(device);
    expect([answered, greeting]).toEqual([false, 'nothing']);
    device.faults.clear('not-answering');
    expect(await asked).toBe(200);
  });

  it('racing-channels: two commands at once do not both start', async () => {
    const device = await start({ faults: ['racing-channels'] });
    const client = await openClient(device);
    const codes = await Promise.all([exitOf(client), exitOf(client)]);
    client.end();
    expect(codes).toEqual([0, 2]);
  });

  it('changed-host-key: the next login meets another key, which stays the same', async () => {
    const device = await start();
    const own = device.hostKeyFingerprint;
    device.faults.set('changed-host-key');
    const other = device.hostKeyFingerprint;
    expect(other).not.toBe(own);
    (await logIn(device)).close();
    device.faults.clear('changed-host-key');
    expect(device.hostKeyFingerprint).toBe(own);
    device.faults.set('changed-host-key');
    expect(device.hostKeyFingerprint).toBe(other);
  });

  it('crash-loop of a container that runs in an UPDATED revision takes the device back', async () => {
    const device = await start();
    expect(await post(device, twoContainers({ web: 'b' }))).toMatch(/^UPDATED/);
    device.faults.set('crash-loop:web');
    const ended = new Promise((resolve) => device.onProgress(({ progress }) => resolve(progress.status)));
    expect(await ended).toBe('ERROR');
    expect(device.boot()).toMatchObject({ running: '0', checkpoint: '0' });
  });
});

describe('a loss of power', () => {
  it('leaves a device that goes on where its boot loader says, also when the simulator itself was ended', async () => {
    const first = await start({ timeScale: 0.02 });
    const testing = new Promise<void>((resolve) =>
      first.onProgress(({ progress }) => progress.status === 'TESTING' && resolve()),
    );
    await fetch(`${first.base}/cgi-bin/pvr/post`, {
      method: 'POST',
      body: `{"post":${twoContainers({ web: 'b' })},"rev":"locals/next"}`,
    });
    await testing;
    await first.close();
    const second = await start({ dir: first.dir, timeScale: 0.01 });
    await second.whenIdle();
    expect(second.progress('locals/next')).toMatchObject({ status: 'DONE' });
    expect(second.boot()).toMatchObject({ running: 'locals/next', checkpoint: 'locals/next' });
  });

  it('refuses connections while it lasts, and takes them at the same port afterwards', async () => {
    const device = await start();
    device.powerCut({ seconds: 5 });
    await expect(fetch(`${device.base}/cgi-bin/pvr/json`)).rejects.toThrow();
    await device.whenIdle();
    await expect.poll(async () => (await fetch(`${device.base}/cgi-bin/pvr/json`).catch(() => undefined))?.status).toBe(200);
  });
});

describe('a device that cannot start', () => {
  it('leaves no socket open', async () => {
    const taken = await start();
    const dir = await mkdtemp(join(tmpdir(), 'trailboss-faults-'));
    const { sshPort = 0 } = taken;
    const controlSocket = join(dir, 'pv-ctrl');
    await expect(startSimulatedDevice({ dir, sshPort, controlSocket })).rejects.toThrow('EADDRINUSE');
    expect(existsSync(controlSocket)).toBe(false);
    await rm(dir, { recursive: true });
  });
});

/** The first bytes of the SSH server, or that there were none within a few turns after the connection was taken. */
function sshGreeting(device: SimulatedDevice): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(device.sshPort ?? 0, device.host);
    socket.once('error', reject);
    socket.once('data', (bytes) => done(bytes.toString('latin1')));
    socket.once('connect', () => setTimeout(() => done('nothing'), 50));
    function done(what: string): void {
      socket.destroy();
      resolve(what);
    }
  });
}
