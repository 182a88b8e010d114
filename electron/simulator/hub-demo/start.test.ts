import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { startDemoFleet } from '../fleet.ts';
import { startSimulatedHub } from '../hub/index.ts';
import { testKey } from '../test-login.ts';
import { type DemoHub, seedHubDevices, startDemoHub } from './index.ts';

async function freshDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'trailboss-demo-hub-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

type Ask = (path: string) => Promise<unknown>;

async function signIn(url: string, { nick, password }: { nick: string; password: string }): Promise<Ask> {
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ username: nick, password });
  const reply = await fetch(`${url}/auth/login`, { method: 'POST', headers, body });
  const { token } = z.object({ token: z.string().min(1) }).parse(await reply.json());
  return async (path) => (await fetch(`${url}${path}`, { headers: { Authorization: `Bearer ${token}` } })).json();
}

async function start(dir: string, timeScale = 1): Promise<{ readonly demo: DemoHub; readonly ask: Ask }> {
  const demo = await startDemoHub({ dir, timeScale });
  onTestFinished(() => demo.close());
  return { demo, ask: await signIn(demo.url, demo.account) };
}

const summarySchema = z.array(
  z.object({ 'device-nick': z.string(), deviceid: z.string(), status: z.string(), revision: z.number() }),
);
const deviceSchema = z.object({
  id: z.string(),
  nick: z.string(),
  public: z.boolean(),
  'time-modified': z.coerce.date(),
  'user-meta': z.record(z.string(), z.json()),
});

describe('the demo hub', () => {
  it('has some 300 devices in all conditions', async () => {
    const { demo, ask } = await start(await freshDir());
    const devices = z.array(deviceSchema).parse(await ask('/devices/'));
    expect(devices).toHaveLength(demo.devices);
    expect(devices.filter((each) => each.public)).toHaveLength(3);
    const weekAgo = Date.now() - 7 * 86_400_000;
    expect(devices.filter((each) => each['time-modified'].getTime() < weekAgo).length).toBeGreaterThan(5);
    expect(new Set(devices.map((each) => each['user-meta']['label.group'])).size).toBeGreaterThan(5);

    const counts = new Map<string, number>();
    for (const { status } of summarySchema.parse(await ask('/trails/summary'))) counts.set(status, (counts.get(status) ?? 0) + 1);
    for (const status of ['DONE', 'UPDATED', 'ERROR', 'WONTGO', 'NEW', 'DOWNLOADING', 'INPROGRESS']) {
      expect(counts.get(status), status).toBeGreaterThan(0);
    }
  });

  it('has a history, objects and logs behind each of them', async () => {
    const { ask } = await start(await freshDir());
    const all = summarySchema.parse(await ask('/trails/summary'));
    const id = all.find((each) => each['device-nick'] === 'porto-cam-02')?.deviceid;
    const every = encodeURIComponent('{"$ne":""}');
    const steps = z
      .array(z.object({ rev: z.number(), 'commit-msg': z.string(), committer: z.string(), 'state-sha': z.string() }))
      .parse(await ask(`/trails/${id}/steps?progress.status=${every}&fields=-state,-used_objects`));
    expect(steps.length).toBeGreaterThan(4);
    expect(steps[1]).toMatchObject({ rev: 1, committer: expect.stringContaining('@example.com') });
    const objects = z.array(z.object({ size: z.string() })).parse(await ask(`/trails/${id}/steps/${steps.length - 1}/objects`));
    expect(objects.length).toBeGreaterThan(10);
    const logs = z.object({ entries: z.array(z.unknown()) }).parse(await ask('/logs/?sort=time-created&page=200'));
    expect(logs.entries).toHaveLength(200);
  });

  it('shows a few devices in the middle of an update, which then ends', async () => {
    const { ask } = await start(await freshDir(), 0.02);
    const seen = new Set<string>();
    await vi.waitFor(
      async () => {
        const all = summarySchema.parse(await ask('/trails/summary'));
        const kiosk = all.find((each) => each['device-nick'] === 'lisboa-kiosk-04');
        seen.add(`${kiosk?.status}`);
        expect([...seen]).toEqual(expect.arrayContaining(['DOWNLOADING', 'TESTING', 'UPDATED']));
      },
      { timeout: 15_000, interval: 20 },
    );
  });

  it('goes on from where it was, at the same address', async () => {
    const dir = await freshDir();
    const first = await startDemoHub({ dir, timeScale: 1 });
    await first.close();
    const { demo } = await start(dir);
    expect(demo).toMatchObject({ url: first.url, account: first.account, lanDevices: first.lanDevices });
  });

  it('shares one device with the fleet on the local network', async () => {
    const dir = await freshDir();
    const { demo, ask } = await start(join(dir, 'hub'), 0.05);
    const onHub = demo.lanDevices;
    const fleet = await startDemoFleet({ dir: join(dir, 'lan'), timeScale: 0.05, authorizedKey: testKey.publicLine, onHub });
    onTestFinished(() => fleet.close());
    const bench = fleet.devices.find(({ name }) => name === onHub[0]?.name)?.simulated;
    await vi.waitFor(() => expect(bench?.hub()).toMatchObject({ id: onHub[0]?.id, online: true, state: 'idle' }), {
      timeout: 10_000,
    });
    const steps = z
      .array(z.object({ rev: z.number() }))
      .parse(await ask(`/trails/${onHub[0]?.id}/steps?progress.status=${encodeURIComponent('{"$ne":""}')}&fields=rev`));
    expect(String(steps.at(-1)?.rev)).toBe(bench?.boot().running);
  });

  it('seeds any number of devices for measuring', async () => {
    const hub = await startSimulatedHub({
      accounts: [{ nick: 'bench', email: 'bench@example.com', password: 'a bench password' }],
    });
    onTestFinished(() => hub.close());
    expect(seedHubDevices(hub, 'bench', 1000)).toHaveLength(1000);
    const ask = await signIn(hub.url, { nick: 'bench', password: 'a bench password' });
    expect(await ask('/devices/')).toHaveLength(1000);
  });
});
