import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { WorkNews } from '../../shared/contract/checkout.ts';
import { Sha256 } from '../../shared/state/ids.ts';
import { openProfile } from '../storage/profile.ts';
import { madeOf, never, put, quiet, scratch } from './folder/test-bench.ts';
import { Checkouts } from './room.ts';

test('a folder is opened once, kept over a restart, and taken off the list again', async () => {
  const { room, restart } = opened();
  const { root } = await madeOf({ 'a.txt': 'a' });
  const id = await room.open(root);
  expect(await room.open(join(root, '.'))).toBe(id);
  expect(room.list().map(({ path, name }) => [path, name])).toEqual([[root, 'tree']]);
  await expect.poll(() => room.list()[0]).toMatchObject({ condition: 'changed', changes: 1 });
  const again = restart();
  await expect.poll(() => again.list()[0]).toMatchObject({ id, condition: 'changed' });
  await again.close(id);
  expect([again.list(), await readFile(join(root, 'a.txt'), 'utf8')]).toEqual([[], 'a']);
  await expect(room.open(scratch())).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('what is under way ends with the room, before anything else is closed', async () => {
  const { room } = opened();
  let ended = false;
  const news = room.news(async (tell, stop) => {
    tell({ text: 'begun' });
    await new Promise((resolve) => stop.addEventListener('abort', resolve));
    await new Promise((resolve) => setImmediate(resolve));
    ended = true;
    return { text: '' };
  }, undefined);
  expect((await news.next()).value).toMatchObject({ text: 'begun' });
  await room.closeAll();
  expect(ended).toBe(true);
  await news.return();
});

test('what changes in the folder is seen while somebody looks', async () => {
  const { room } = opened();
  const folder = await madeOf({ 'app/a.txt': 'a' });
  const id = await room.open(folder.root);
  const watched = room.watch(id);
  await expect.poll(() => watched.view()?.status).toMatchObject([{ letter: 'A', path: 'app/a.txt' }]);
  await mkdir(join(folder.root, 'new'));
  await expect.poll(() => watched.view()?.condition).toBe('changed');
  await writeFile(join(folder.root, 'new/b.json'), '{}');
  await expect.poll(() => watched.view()?.status.map(({ path }) => path)).toEqual(['app/a.txt', 'new/b.json']);
  const { version = 0 } = watched.view() ?? {};
  await folder.commit('outside', never, quiet);
  await expect.poll(() => watched.view()?.commit?.entries).toBe(1);
  expect(watched.view()?.version).toBeGreaterThan(version);
  await rm(folder.root, { recursive: true });
  await expect.poll(() => watched.view()?.condition).toBe('gone');
  watched.close();
});

test('nothing is read while nobody looks', async () => {
  const { room } = opened();
  const { root } = await madeOf({});
  const id = await room.open(root);
  const watched = room.watch(id);
  await expect.poll(() => watched.view()?.condition).toBe('clean');
  watched.close();
  const heard: unknown[] = [];
  watched.changes.add(() => heard.push(1));
  await put(root, { 'x.txt': 'x' });
  await room.state(id, 'working');
  expect(heard.length).toBeLessThanOrEqual(1);
});

test('files are read, written by their mark, added, committed and reset', async () => {
  const { room, activity } = opened();
  const id = await room.create(join(scratch(), 'deep', 'new'));
  const { mark } = await room.writeFile(id, 'a.json', '{"b":1,"a":2}', undefined);
  const file = await room.file(id, 'a.json', 5, never);
  expect([await file.bytes.text(), file.size, file.truncated, file.mark]).toEqual(['{"b":', 13, true, mark]);
  await expect(room.writeFile(id, 'a.json', 'x', undefined)).rejects.toMatchObject({ code: 'CONFLICT' });
  await room.writeFile(id, 'raw.txt', 'raw', undefined);
  expect(await room.add(id, [], false, never)).toBe(2);
  expect((await all(room.commit(id, 'first', undefined))).at(-1)).toMatchObject({ kind: 'done', checkoutId: id });
  const { text } = await room.state(id, 'commit');
  expect(text).toContain('"a.json":{"a":2,"b":1}');
  await room.removeFiles(id, ['raw.txt']);
  expect(await (await room.object(id, Sha256.parse(/[0-9a-f]{64}/.exec(text)?.[0]), 100)).bytes.text()).toBe('raw');
  await all(room.reset(id, [], undefined));
  expect((await room.state(id, 'working')).text).toBe(text);
  expect(activity()).toEqual(['reset the checkout new', 'committed the checkout new']);
});

test('an export goes into another checkout', async () => {
  const { room } = opened();
  const from = await room.open((await madeOf({ 'a.txt': 'a', 'b/run.json': '{}' })).root);
  await all(room.commit(from, '', undefined));
  const path = join(scratch(), 'x.tgz');
  await all(room.exportTo(from, path, [], undefined));
  const to = await room.create(join(scratch(), 'other'));
  await all(room.importFrom(to, path, undefined));
  expect(await room.state(to, 'working')).toEqual(await room.state(from, 'commit'));
  await writeFile(path, 'something else');
  await expect(all(room.exportTo(from, path, [], undefined))).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('leaving a piece of work cancels it, and it has ended then', async () => {
  const { room } = opened();
  const { root } = await madeOf({});
  const id = await room.open(root);
  let ended = false;
  const stream = room.work(id, 'tried', undefined, async (_, tell, signal) => {
    tell({ text: 'begun' });
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    ended = true;
    return { text: 'never told' };
  });
  for await (const news of stream) {
    expect(news).toEqual({ kind: 'progress', text: 'begun' });
    break;
  }
  expect(ended).toBe(true);
});

test('a folder of this computer is shown, checkouts and exports as such', async () => {
  const { room } = opened();
  const dir = scratch();
  await room.create(join(dir, 'c'));
  await put(dir, { 'x.tgz': '', 'notes.txt': '', 'a/b': '' });
  expect(await room.browse(dir)).toMatchObject({
    path: dir,
    truncated: false,
    items: [
      { name: 'a', kind: 'folder' },
      { name: 'c', kind: 'checkout' },
      { name: 'notes.txt', kind: 'file' },
      { name: 'x.tgz', kind: 'export' },
    ],
  });
});

function opened() {
  const dir = scratch();
  const profile = openProfile(dir, () => 1);
  const rooms: Checkouts[] = [];
  const restart = () => {
    const room = new Checkouts({
      store: profile.checkouts,
      activity: profile.activity,
      objectsDir: join(dir, 'pvr-objects'),
      now: () => 1,
      report: (error) => {
        throw error;
      },
    });
    rooms.push(room);
    return room;
  };
  onTestFinished(async () => {
    for (const room of rooms) await room.closeAll();
    profile.close();
  });
  return { room: restart(), restart, activity: () => profile.activity.latest(9).map(({ what }) => what) };
}

async function all(stream: AsyncIterable<WorkNews>): Promise<readonly WorkNews[]> {
  const news: WorkNews[] = [];
  for await (const one of stream) news.push(one);
  return news;
}
