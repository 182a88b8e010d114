import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WorkNews } from '../../../shared/contract/checkout.ts';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { stateSha } from '../../../shared/state/canonical.ts';
import { Fleet } from '../../fleet/fleet.ts';
import { Drafts } from '../../revisions/drafts.ts';
import { FileIntake } from '../../revisions/file-intake.ts';
import { States } from '../../revisions/states.ts';
import { startTestDevice } from '../../simulator/test-device.ts';
import { objectsOfTwo, twoContainers } from '../../simulator/test-states.ts';
import { pantavisorSource } from '../../sources/pantavisor/index.ts';
import { openProfile } from '../../storage/profile.ts';
import { Checkouts } from '../room.ts';
import { pvrObjectsFolder } from './objects-folder.ts';
import { Origins } from './origins.ts';
import { filesIn, given, never, objectsIn, problemOf, scratch, shaOf } from './test-bench.ts';

const all = { fragment: '', exactCli: false };

/** The rooms over a profile of their own, with a simulated device for each state. */
async function opened(...states: readonly string[]) {
  const dir = scratch();
  const reported: unknown[] = [];
  const report = (error: unknown) => reported.push(error);
  const now = () => Date.now();
  const profile = openProfile(join(dir, 'profile'), now);
  const fleet = new Fleet({ profile, source: pantavisorSource, now, report });
  const stateRoom = new States(fleet, profile.revisions);
  const intake = new FileIntake(profile.objects);
  const drafts = new Drafts({ drafts: profile.drafts, objects: profile.objects, intake, states: stateRoom, now });
  const objectsDir = join(dir, 'objects');
  const checkouts = new Checkouts({ store: profile.checkouts, activity: profile.activity, objectsDir, now, report });
  const home = join(dir, 'home');
  mkdirSync(home);
  const origins = new Origins({ fleet, states: stateRoom, drafts, objects: profile.objects, checkouts, home, objectsDir });
  onTestFinished(async () => {
    await checkouts.closeAll();
    await fleet.close();
    profile.close();
    expect(reported).toEqual([]);
  });
  const devices: { readonly id: DeviceId; readonly url: string }[] = [];
  for (const [at, state] of states.entries()) {
    const seed = { revisions: [{ name: '0', state }], objects: objectsOfTwo };
    const { host, httpPort = 0 } = await startTestDevice({ sshPort: false, seed });
    const { record } = fleet.add({ name: `device ${at}`, connection: { host, http: { port: httpPort }, ssh: null } });
    devices.push({ id: record.id, url: `http://${host}:${httpPort}/cgi-bin/pvr` });
  }
  return { dir, home, objectsDir, profile, drafts, checkouts, origins, devices };
}

async function done(news: AsyncIterable<WorkNews>): Promise<Extract<WorkNews, { kind: 'done' }>> {
  let last: WorkNews | undefined;
  for await (const one of news) last = one;
  if (last?.kind === 'done') return last;
  throw new Error('the work did not end');
}

const deviceOf = (bench: Awaited<ReturnType<typeof opened>>, at = 0) => given(bench.devices[at]);

const current = (id: DeviceId) => ({ kind: 'device', deviceId: id, revision: 'current' }) as const;

test('a known device is cloned, and pvr finds the way back to it', async () => {
  const bench = await opened(twoContainers());
  const { id, url } = deviceOf(bench);
  const path = join(bench.dir, 'clone');
  const news = await done(bench.origins.clone({ from: current(id), parts: { ...all, fragment: 'os' }, path }, never));
  expect(news).toMatchObject({ path, text: `Cloned 3 entries to ${path}` });
  const folder = await bench.checkouts.folder(given(news.checkoutId));
  expect(await folder.read(never)).toMatchObject({ status: [], damage: [], remotes: { get: `${url}#os`, post: `${url}#os` } });
  expect(Object.keys(filesIn(path))).toEqual(['os/root.squashfs', 'os/run.json']);
});

test('every kind of origin shows its state', async () => {
  const bench = await opened(twoContainers());
  const { id, url } = deviceOf(bench);
  const look = (reference: string) => bench.origins.lookAt({ kind: 'reference', reference }, never);
  const expected = { text: twoContainers(), sha: stateSha(twoContainers()) };
  expect(await bench.origins.lookAt(current(id), never)).toEqual(expected);
  expect(await look(`${url}#os`)).toEqual(expected);
  const path = join(bench.home, 'clone');
  const { checkoutId } = await done(bench.origins.clone({ from: current(id), parts: all, path: '~/clone' }, never));
  const exported = join(bench.home, 'x.tgz');
  await done(bench.checkouts.exportTo(given(checkoutId), exported, [], never));
  for (const reference of [path, join(path, '.pvr'), '~/clone', exported]) expect((await look(reference)).sha).toBe(expected.sha);
  expect((await bench.origins.lookAt({ kind: 'export', path: exported }, never)).sha).toBe(expected.sha);
  expect((await bench.origins.lookAt({ kind: 'checkout', id: given(checkoutId) }, never)).sha).toBe(expected.sha);
});

test('what can’t be an origin is told', async () => {
  const bench = await opened();
  const look = (reference: string) => problemOf(bench.origins.lookAt({ kind: 'reference', reference }, never));
  expect(await look('hostname')).toBe('BAD_INPUT');
  expect(await look('./here')).toBe('BAD_INPUT');
  expect(await look('http://exa%mple/x')).toBe('BAD_INPUT');
  expect(await look('http://1.2.3.4.5/x')).toBe('BAD_INPUT');
  expect(await look(join(bench.dir, 'none'))).toBe('NOT_FOUND');
  expect(await look(bench.home)).toBe('NOT_FOUND');
  expect(await look('http://127.0.0.1:1/cgi-bin/pvr')).toBe('UNREACHABLE');
});

describe('a draft from a checkout', () => {
  test('has the working state, and of its objects those that the device lacks: linked from a store, cloned from the tree', async () => {
    const bench = await opened(twoContainers(), twoContainers({ web: 'b' }));
    const path = join(bench.dir, 'work');
    const from = current(deviceOf(bench, 1).id);
    const { checkoutId } = await done(bench.origins.clone({ from, parts: all, path }, never));
    writeFileSync(join(path, 'os/root.squashfs'), 'an edit');
    const target = deviceOf(bench, 0).id;
    const wish = { id: given(checkoutId), deviceId: target, which: 'working' } as const;
    const { draftId, deviceId } = await done(bench.origins.draftFor(wish, never));
    const draft = bench.drafts.get(given(draftId));
    const [edit, second] = [shaOf('an edit'), shaOf('second root')];
    expect(deviceId).toBe(target);
    expect(draft).toMatchObject({ title: 'Checkout work', base: { text: twoContainers() } });
    expect(draft.text).toContain(`"os/root.squashfs":"${edit}"`);
    const names = draft.objects.map(({ sha, size, fileName }) => [sha, size, fileName]);
    expect(names).toEqual([
      [edit, 7, 'root.squashfs'],
      [second, 11, 'root.squashfs'],
    ]);
    const inStore = (sha: string) => statSync(join(bench.profile.dir, 'objects', sha)).ino;
    expect(inStore(second)).toBe(statSync(join(bench.objectsDir, second)).ino);
    expect(inStore(edit)).not.toBe(statSync(join(path, 'os/root.squashfs')).ino);
    const committed = await done(bench.origins.draftFor({ ...wish, which: 'commit' }, never));
    expect(bench.drafts.get(given(committed.draftId)).objects.map(({ sha }) => sha)).toEqual([second]);
  });

  test('is not made when an object is nowhere', async () => {
    const bench = await opened(twoContainers(), twoContainers({ web: 'b' }));
    const path = join(bench.dir, 'work');
    const from = current(deviceOf(bench, 1).id);
    const { checkoutId } = await done(bench.origins.clone({ from, parts: all, path }, never));
    const second = join(bench.objectsDir, shaOf('second root'));
    writeFileSync(second, 'damaged');
    const wish = { id: given(checkoutId), deviceId: deviceOf(bench, 0).id, which: 'commit' } as const;
    expect(await problemOf(done(bench.origins.draftFor(wish, never)))).toBe('BAD_CHECKSUM');
    expect([bench.drafts.list(undefined), objectsIn(join(bench.profile.dir, 'objects'))]).toEqual([[], []]);
  });
});

test('a fast copy is a draft of the other device, with the objects that pvr leaves out', async () => {
  const bench = await opened(twoContainers({ web: 'b' }), twoContainers());
  const [source, target] = [deviceOf(bench, 0), deviceOf(bench, 1)];
  const copy = (pairs: readonly { from: string; to: string }[]) =>
    done(bench.origins.fastCopy({ from: current(source.id), to: target.id, pairs, merge: false }, never));
  const { draftId } = await copy([{ from: 'web', to: 'www' }]);
  const draft = bench.drafts.get(given(draftId));
  const second = shaOf('second root');
  expect(draft).toMatchObject({ deviceId: target.id, title: 'web as www from device 0', objects: [{ sha: second, size: 11 }] });
  expect(draft.text).toContain(`"www/root.squashfs":"${second}"`);
  expect(readFileSync(join(bench.profile.dir, 'objects', second), 'utf8')).toBe('second root');
  expect(await problemOf(copy([{ from: 'nope', to: 'x' }]))).toBe('BAD_STATE');
  expect(await problemOf(copy([{ from: 'os/run.json', to: 'q' }]))).toBe('BAD_STATE');
  expect(await problemOf(copy([{ from: '-web', to: 'x' }]))).toBe('BAD_INPUT');
});

test('whoever leaves the stream has cancelled the work', async () => {
  const bench = await opened(twoContainers());
  const path = join(bench.dir, 'clone');
  const news = bench.origins.clone({ from: current(deviceOf(bench).id), parts: all, path }, undefined);
  expect((await news.next()).value).toMatchObject({ kind: 'progress' });
  await news.return();
  expect(objectsIn(bench.dir)).not.toContain('clone');
  expect(bench.checkouts.list()).toEqual([]);
});

test('a checkout gets parts of a device by its room', async () => {
  const bench = await opened(twoContainers(), twoContainers({ web: 'b' }));
  const path = join(bench.dir, 'work');
  const { checkoutId } = await done(bench.origins.clone({ from: current(deviceOf(bench, 0).id), parts: all, path }, never));
  const id = given(checkoutId);
  const wish = { id, from: current(deviceOf(bench, 1).id), parts: { ...all, fragment: 'web' }, mode: 'get' } as const;
  expect(await bench.origins.partsPlan(wish, never)).toMatchObject({ objects: 1, overwrites: [], remarks: [] });
  expect(await done(bench.origins.takeParts(wish, never))).toMatchObject({ text: '1 entry is different now', checkoutId: id });
  expect(readFileSync(join(path, 'web/root.squashfs'), 'utf8')).toBe('second root');
  expect(await done(bench.origins.takeParts(wish, never))).toMatchObject({ text: 'Nothing is different there' });
});

test('objects go where pvr keeps them', () => {
  expect(pvrObjectsFolder({}, '/home/me/.pvr')).toBe('/home/me/.pvr/objects');
  expect(pvrObjectsFolder({ PVR_OBJECTS_DIR: '/data/objects' }, '/home/me/.pvr')).toBe('/data/objects');
});
