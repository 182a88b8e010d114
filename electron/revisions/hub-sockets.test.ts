/** Updates over a simulated hub on real sockets, with the real client and a simulated device behind the hub. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeviceId, UpdateId } from '../../shared/contract/ids.ts';
import type { UpdatePhase, UpdateView } from '../../shared/contract/update.ts';
import { canonicalize } from '../../shared/state/canonical.ts';
import { RevisionName } from '../../shared/state/ids.ts';
import { type SimulatedHub, type SimulatedHubOptions, startSimulatedHub } from '../simulator/hub/index.ts';
import { type SimulatedDevice, startSimulatedDevice } from '../simulator/index.ts';
import { objectsOfTwo, twoContainers } from '../simulator/test-states.ts';
import { type HubCredential, openHub, signInWithPassword } from '../sources/hub/index.ts';
import { exportedRevision } from './export.ts';
import { HubBench, soon } from './hub-bench.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const owner = 'ana';
const ended = (view: UpdateView) => view.phase === 'ended';
const moving = (view: UpdateView) => view.phase === 'moving';

interface Scene {
  readonly hub: SimulatedHub;
  readonly bench: HubBench;
  readonly id: DeviceId;
  /** The device's id on the hub. */
  readonly deviceId: string;
}

/** @param bytesPerSecond of the device's own time, which goes a hundred times as fast */
async function start(options: Partial<SimulatedHubOptions> = {}, bytesPerSecond = 50_000): Promise<Scene> {
  const accounts = [{ nick: owner, email: 'ana@example.com', password: owner }];
  const hub = await startSimulatedHub({ accounts, ...options });
  closers.push(() => hub.close());
  for (const object of objectsOfTwo) if ('content' in object) hub.putObject(owner, object.content);
  const factory = { status: 'DONE', progress: 100, 'status-msg': 'Factory revision' };
  const steps = [{ rev: 0, state: twoContainers(), message: 'Factory', progress: factory }];
  const seeded = hub.seedDevice({ owner, nick: 'kitchen', steps });
  const dir = mkdtempSync(join(tmpdir(), 'trailboss-sockets-'));
  closers.push(() => rmSync(dir, { recursive: true, force: true }));
  const device: SimulatedDevice = await startSimulatedDevice({
    dir,
    timeScale: 0.01,
    httpPort: false,
    sshPort: false,
    seed: { revisions: [{ name: '0', state: twoContainers() }], objects: objectsOfTwo },
    hub: { url: hub.url, id: seeded.id, secret: seeded.secret, bytesPerSecond },
  });
  closers.push(() => device.close());
  const address = { url: hub.url };
  const ports = { now: Date.now, computer: 'bench', signal: soon() };
  let { credential }: { credential: HubCredential } = await signInWithPassword(
    address,
    { username: owner, password: owner },
    ports,
  );
  const onCredential = (next: HubCredential) => {
    credential = next;
  };
  const bench = new HubBench(() => openHub(address, credential, { now: Date.now, onCredential }));
  closers.push(() => bench.close());
  return { hub, bench, id: await bench.found(), deviceId: seeded.id };
}

/** Puts files of so many bytes into the local store, and gives a state that refers to them. */
async function stateWith(bench: HubBench, ...sizes: readonly number[]): Promise<string> {
  const state: Record<string, unknown> = JSON.parse(twoContainers({ web: 'b' }));
  for (const [at, size] of sizes.entries()) {
    const writer = await bench.rooms.profile.objects.begin();
    await writer.write(randomBytes(size));
    state[`web/data-${at}.squashfs`] = (await writer.finish()).sha;
  }
  return JSON.stringify(state);
}

/** The phases that an update goes through from now on. */
function phasesOf(bench: HubBench, update: UpdateId): readonly UpdatePhase[] {
  const seen: UpdatePhase[] = [];
  const stop = bench.rooms.updates.changes.add(({ id, phase }) => {
    if (id === update && seen.at(-1) !== phase) seen.push(phase);
  });
  closers.push(stop);
  return seen;
}

async function silent(bench: HubBench): Promise<void> {
  const { client } = bench.rooms;
  while (client.status.kind !== 'silent') {
    await new Promise<void>((resolve) => {
      const stop = client.onStatus(() => {
        stop();
        resolve();
      });
    });
  }
}

const uploads = (hub: SimulatedHub) =>
  Object.entries(hub.counts.byRoute()).reduce(
    (sum, [route, times]) => (route.startsWith('PUT /local-s3') ? sum + times : sum),
    0,
  );

describe('over real sockets', () => {
  it('a post goes up in bytes, comes down in bytes, and ends', async () => {
    const { hub, bench, id } = await start({}, 3000);
    const state = await stateWith(bench, 700_000, 10);
    const plan = await bench.rooms.updates.plan({ draftId: (await bench.draft(id, state)).draftId }, soon());
    expect(plan).toMatchObject({ via: 'hub', suggestedName: '1', asked: true, missing: [], hub: { head: { revision: '0' } } });
    expect(plan.upload.map(({ size }) => size).toSorted((a, b) => a - b)).toEqual([10, 700_000]);
    const update = await bench.post(id, plan.suggestedName, state);
    await bench.update(update, (view) => (view.reports.at(-1)?.downloads?.done ?? 0) > 0);
    const view = await bench.update(update, ended);
    expect(view.outcome).toMatchObject({ result: 'updated', runningNow: '1', rebooted: false });
    expect(view.upload).toMatchObject({ objects: 2, objectsDone: 2, bytes: 700_010, bytesDone: 700_010 });
    expect(view.forecast).toMatchObject({ kind: 'move', transition: 'non-reboot' });
    expect(uploads(hub)).toBe(2);
    expect((await bench.rooms.states.read(id, '1', soon())).text).toBe(canonicalize(state));
  });

  it('who was quicker is told, and nothing is posted', async () => {
    const { hub, bench, id, deviceId } = await start();
    const draft = await bench.draft(id, twoContainers({ web: 'b' }));
    const { client } = bench.rooms;
    const theirs = { revision: 1, message: 'Mine first', committer: 'ben', state: twoContainers({ os: 'b' }) };
    await client.postStep(deviceId, theirs, soon());
    const update = await bench.rooms.updates.post({ ...draft, name: '1', message: '', via: 'hub' }, soon());
    const view = await bench.update(update, ({ problem }) => problem !== undefined);
    expect(view).toMatchObject({
      phase: 'interrupted',
      problem: { code: 'CONFLICT', quicker: { revision: '1', message: 'Mine first', committer: 'ben' } },
    });
    expect(await client.head(deviceId, soon())).toBe(1);
    expect(uploads(hub)).toBe(0);
    const plan = await bench.rooms.drafts.rebasePlan(draft.draftId, '1', soon());
    expect(plan).toMatchObject({ mine: ['web/root.squashfs'], theirs: ['os/root.squashfs'], conflicts: [] });
  });

  it('a lost answer makes no second revision', async () => {
    const { hub, bench, id, deviceId } = await start();
    hub.faults.set('lose-reply-of-post', { times: 1 });
    const update = await bench.post(id, '1', twoContainers({ web: 'b' }));
    expect((await bench.update(update, ended)).outcome).toMatchObject({ result: 'updated' });
    expect(await bench.rooms.client.head(deviceId, soon())).toBe(1);
  });

  it('a program that is killed in mid-upload sends only the rest', async () => {
    const { hub, bench, id } = await start();
    const state = await stateWith(bench, 1000, 2000, 400_000);
    hub.faults.set('upload-slow', 100_000);
    const update = await bench.post(id, '1', state);
    await bench.update(update, (view) => (view.upload?.objectsDone ?? 0) >= 2);
    await bench.restart();
    hub.faults.clear();
    hub.counts.reset();
    const view = await bench.update(update, ended);
    expect(view.outcome).toMatchObject({ result: 'updated' });
    expect(view.upload).toMatchObject({ objects: 3, objectsDone: 3, bytesDone: 403_000 });
    expect(uploads(hub)).toBe(1);
  });

  it('nobody notices that a token ends in mid-upload', async () => {
    const { hub, bench, id } = await start({ apiTokenJwtMinutes: 1 / 60, jwtMinutes: 1 / 60 });
    const state = await stateWith(bench, 150_000, 150_001, 150_002, 150_003, 150_004, 150_005, 150_006);
    hub.faults.set('upload-slow', 75_000);
    const update = await bench.post(id, '1', state);
    const phases = phasesOf(bench, update);
    await bench.update(update, moving);
    expect(phases.filter((phase) => phase === 'interrupted')).toEqual([]);
    expect(bench.rooms.client.status.kind).toBe('open');
    const login = hub.counts.byRoute();
    expect((login['GET /auth/login'] ?? 0) + (login['POST /auth/login'] ?? 0)).toBeGreaterThan(2);
  });

  it('a hub that is away for a while only makes it take longer', async () => {
    const { hub, bench, id } = await start({}, 1500);
    const state = await stateWith(bench, 1000, 300_000);
    hub.faults.set('upload-slow', 100_000);
    const update = await bench.post(id, '1', state);
    await bench.update(update, (view) => (view.upload?.bytesDone ?? 0) > 1000);
    hub.faults.set('down');
    await silent(bench);
    hub.faults.clear();
    await bench.update(update, moving);
    hub.faults.set('down');
    await bench.update(update, (view) => view.silentSince !== undefined);
    hub.faults.clear();
    expect((await bench.update(update, ended)).outcome?.result).toMatch(/^(updated|failed)$/);
  });

  it('a revision is exported as the hub packs it, under the names of the device and the revision', async () => {
    const { bench, id } = await start();
    let size = 0;
    for await (const { fileName, bytes } of exportedRevision(bench.rooms.fleet.device(id), RevisionName.parse('0'), soon())) {
      expect(fileName).toBe('kitchen-0.tar.gz');
      size += bytes.size;
    }
    expect(size).toBeGreaterThan(100);
  });
});
