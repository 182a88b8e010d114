import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { chmod, copyFile, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openPvrFolder } from './folder.ts';
import { initFolder } from './init.ts';
import { filesIn, lines, madeOf, never, put, quiet, scratch, treeOf, unpacked } from './test-bench.ts';

const files = {
  'app/run.json': '{"name":"app","big":12345678901234567890}',
  'app/root.squashfs': 'rootfs',
  'app/empty': '',
  'raw.txt': 'text\n',
};

test('a new checkout has the files that pvr init writes', async () => {
  const dir = scratch();
  const root = await initFolder(join(dir, 'new'), join(dir, 'objects'));
  const config = `{\n\t"DefaultGetUrl": "",\n\t"DefaultPutUrl": "",\n\t"DefaultPostUrl": "",\n\t"ObjectsDir": "${dir}/objects",\n\t"AccessTokens": {},\n\t"RefreshTokens": {}\n}`;
  expect(await filesIn(root)).toEqual({ '.pvr/config': config, '.pvr/json': '{ "#spec": "pantavisor-service-system@1" }' });
  await expect(initFolder(root, join(dir, 'objects'))).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('what was committed is clean, in the canonical form and with each object once', async () => {
  const folder = await madeOf({ ...files, 'again.txt': 'text\n' });
  expect(await lines(folder)).toEqual(['A again.txt', 'A app/empty', 'A app/root.squashfs', 'A app/run.json', 'A raw.txt']);
  const text = await folder.commit('', never, quiet);
  expect(text).toContain('"app/run.json":{"big":12345678901234567890,"name":"app"}');
  const { committed, working, status, objectsDir } = await folder.read(never);
  expect([committed, working, status]).toEqual([text, text, []]);
  expect(await readdir(objectsDir)).toHaveLength(3);
  expect(await readFile(join(folder.root, '.pvr/commitmsg'), 'utf8')).toBe('** No commit message **');
  expect((await readdir(join(folder.root, '.pvr'))).sort()).toEqual(['commitmsg', 'config', 'json']);
});

test('an object that is there is not written again', async () => {
  const folder = await madeOf(files);
  await folder.commit('one', never, quiet);
  const { objectsDir } = await folder.read(never);
  const before = await Promise.all((await readdir(objectsDir)).map(async (name) => (await stat(join(objectsDir, name))).ino));
  await put(folder.root, { 'copy.txt': 'text\n' });
  await folder.add(['copy.txt'], false, never);
  await folder.commit('two', never, quiet);
  const after = await Promise.all((await readdir(objectsDir)).map(async (name) => (await stat(join(objectsDir, name))).ino));
  expect(after).toEqual(before);
});

test('JSON that was added raw is an object, and stays one', async () => {
  const folder = await madeOf({ 'x.json': '{"a":1}' });
  await folder.add(['x.json'], true, never);
  expect(await folder.commit('', never, quiet)).toMatch(/"x\.json":"[0-9a-f]{64}"/);
  await put(folder.root, { 'x.json': 'no JSON at all' });
  expect((await folder.read(never)).status).toMatchObject([{ letter: 'C', kind: 'object', size: 14 }]);
});

test('what pvr would lose is kept and named', async () => {
  const folder = await madeOf({ 'a.json': '{"n":null,"big":9007199254740993}', 'b.json': '1e400' });
  await folder.read(never);
  await rm(join(folder.root, 'b.json'));
  expect((await folder.read(never)).losses.map(({ path, kind }) => [path, kind])).toEqual([
    ['a.json', 'null'],
    ['a.json', 'number'],
  ]);
  expect(await folder.commit('', never, quiet)).toContain('{"big":9007199254740993,"n":null}');
  expect((await folder.read(never)).losses).toEqual([]);
});

test('a tracked file that is no JSON is named, and nothing is committed', async () => {
  const folder = await madeOf({ 'a.json': '{', 'b.json': `"${'0'.repeat(64)}"`, 'c.txt': '' });
  await rm(join(folder.root, 'c.txt'));
  await symlink('nowhere', join(folder.root, 'c.txt'));
  const { working, problems } = await folder.read(never);
  expect([working, problems.map(({ path }) => path)]).toEqual([undefined, ['a.json', 'b.json', 'c.txt']]);
  await expect(folder.commit('', never, quiet)).rejects.toMatchObject({ code: 'BAD_STATE' });
});

test('links are followed as pvr follows them, and folders behind them are not', async () => {
  const folder = await madeOf({ 'real.txt': 'x' });
  await symlink('real.txt', join(folder.root, 'link.txt'));
  await symlink('.', join(folder.root, 'loop'));
  expect(await lines(folder)).toEqual(['A real.txt', '? link.txt', '? loop']);
  expect(await folder.add([], false, never)).toBe(1);
  const text = await folder.commit('', never, quiet);
  expect(text.match(/2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881/g)).toHaveLength(2);
  expect(await lines(folder)).toEqual(['? loop']);
});

test('only what can be tracked is added', async () => {
  const folder = await madeOf({});
  await put(folder.root, { '.pvrignore': '', '.pvx/y': '', 'dir/x': '' });
  expect(await folder.add([], false, never)).toBe(1);
  for (const path of ['dir', '../x', '.pvrignore', '/etc/passwd']) {
    await expect(folder.add([path], false, never)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  }
  await expect(folder.add(['gone'], false, never)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('what was added is taken back, and the files stay', async () => {
  const folder = await madeOf(files);
  await folder.commit('', never, quiet);
  await put(folder.root, { 'raw.txt': 'edited', 'new.txt': 'new', 'other.txt': 'new' });
  await folder.add([], false, never);
  await folder.add(['app/run.json'], true, never);
  await folder.forgetAdded(['new.txt', 'app/run.json']);
  expect(await lines(folder)).toEqual(['A other.txt', 'C raw.txt', '? new.txt']);
  await folder.forgetAdded(['other.txt']);
  expect(await lines(folder)).toEqual(['C raw.txt', '? new.txt', '? other.txt']);
});

test('a reset brings back what was committed; what it overwrote can be brought back too', async () => {
  const folder = await madeOf(files);
  await folder.commit('', never, quiet);
  await put(folder.root, { 'raw.txt': 'edited', 'app/run.json': '[]', 'new.txt': 'new' });
  await folder.add(['new.txt'], false, never);
  await rm(join(folder.root, 'app/root.squashfs'));
  const dirty = await treeOf(folder.root);
  await folder.checkOut({ label: 'Reset' }, never, quiet);
  expect(await treeOf(folder.root)).toEqual({
    ...files,
    'app/run.json': '{\n    "big": 12345678901234567890,\n    "name": "app"\n}',
    'new.txt': 'new',
  });
  expect(await lines(folder)).toEqual(['? new.txt']);
  const backup = await folder.backup();
  expect(backup).toMatchObject({ label: 'Reset', files: 2 });
  await folder.restoreBackup(backup?.id ?? '');
  expect(await treeOf(folder.root)).toEqual({ ...dirty, 'app/root.squashfs': 'rootfs' });
  expect(await lines(folder)).toEqual(['A new.txt', 'C app/run.json', 'C raw.txt']);
  const undone = await folder.backup();
  await folder.restoreBackup(undone?.id ?? '');
  expect((await treeOf(folder.root))['raw.txt']).toBe('text\n');
  await folder.dropBackup();
  expect(await folder.backup()).toBeUndefined();
});

test('some files are reset and the others stay', async () => {
  const folder = await madeOf(files);
  await folder.commit('', never, quiet);
  await put(folder.root, { 'raw.txt': 'edited', 'app/empty': 'edited', 'new.txt': 'new', 'other.txt': 'new' });
  await folder.add([], false, never);
  await folder.checkOut({ keys: ['raw.txt', 'new.txt'], label: 'Reset 2 files' }, never, quiet);
  expect(await lines(folder)).toEqual(['A other.txt', 'C app/empty', '? new.txt']);
});

test('nothing is checked out while an object is missing or damaged', async () => {
  const folder = await madeOf(files);
  await folder.commit('', never, quiet);
  const { objectsDir } = await folder.read(never);
  await put(folder.root, { 'raw.txt': 'edited', 'app/root.squashfs': 'edited' });
  const [first = ''] = await readdir(objectsDir);
  await writeFile(join(objectsDir, first), 'damaged');
  const before = await treeOf(folder.root);
  await rm(join(folder.root, 'app/empty'));
  for (const name of await readdir(objectsDir)) await rm(join(objectsDir, name));
  await expect(folder.checkOut({ label: 'Reset' }, never, quiet)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await writeFile(join(folder.root, 'app/empty'), '');
  expect(await treeOf(folder.root)).toEqual(before);
  expect((await folder.read(never)).damage.map(({ kind }) => kind)).toEqual([
    'missing-object',
    'missing-object',
    'missing-object',
  ]);
});

test('a file is written only over what its mark names, and keeps its mode', async () => {
  const folder = await madeOf({ 'script.sh': 'one' });
  const path = join(folder.root, 'script.sh');
  await chmod(path, 0o755);
  const { mark } = await folder.file('script.sh', never);
  await expect(folder.writeFile('script.sh', 'two')).rejects.toMatchObject({ code: 'CONFLICT' });
  const next = await folder.writeFile('script.sh', 'two', mark);
  await expect(folder.writeFile('script.sh', 'three', mark)).rejects.toMatchObject({ code: 'CONFLICT' });
  await folder.writeFile('script.sh', 'three', next);
  await folder.writeFile('deep/er/new.txt', 'new');
  expect([await readFile(path, 'utf8'), (await stat(path)).mode & 0o777]).toEqual(['three', 0o755]);
  await folder.removeFiles(['deep/er/new.txt']);
  expect(await readdir(folder.root)).toEqual(['.pvr', 'script.sh']);
  await expect(folder.file('../../etc/passwd', never)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

test('addresses are kept as pvr writes them', async () => {
  const folder = await madeOf({});
  await folder.setRemotes({ get: 'http://a/<x>&y#p' });
  await folder.setRemotes({ get: 'http://b', put: 'http://b', post: 'http://b' }, 'where-empty');
  expect((await folder.read(never)).remotes).toEqual({ get: 'http://a/<x>&y#p', put: 'http://b', post: 'http://b' });
  expect(await readFile(join(folder.root, '.pvr/config'), 'utf8')).toContain('"http://a/\\u003cx\\u003e\\u0026y#p"');
});

test('who writes by an old reading is told so', async () => {
  const folder = await madeOf(files);
  const { mark } = await folder.read(never);
  await (await openPvrFolder(folder.root)).commit('by another', never, quiet);
  await expect(folder.exclusively(async () => 1, never, mark)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('writers take turns, and a cancelled one leaves the queue', async () => {
  const folder = await madeOf({});
  const other = await openPvrFolder(folder.root);
  const turns: string[] = [];
  let release = () => {};
  const first = folder.exclusively(async () => {
    turns.push('first');
    await folder.exclusively(async () => turns.push('nested'), never);
    await new Promise<void>((resolve) => {
      release = resolve;
    });
  }, never);
  const stop = new AbortController();
  const cancelled = other.exclusively(async () => turns.push('cancelled'), stop.signal);
  const second = other.exclusively(async () => turns.push('second'), never);
  stop.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect.poll(() => turns).toEqual(['first', 'nested']);
  release();
  await Promise.all([first, second]);
  expect(turns).toEqual(['first', 'nested', 'second']);
});

test('the lock of another Trailboss is waited for, and one that a crash left is taken over', async () => {
  const folder = await madeOf({});
  const lock = join(folder.root, '.pvr/trailboss.lock');
  for (const stale of ['{"pid":99999999,"start":"1"}', '{"pid":1,"start":"not that one"}', '', '{']) {
    await writeFile(lock, stale);
    expect(await folder.exclusively(async () => 'mine', never)).toBe('mine');
  }
  const alive = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  onTestFinished(() => void alive.kill());
  const start = (await readFile(`/proc/${alive.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ')[19];
  await writeFile(lock, JSON.stringify({ pid: alive.pid, start }));
  expect(await folder.user()).toMatchObject({ by: 'trailboss', pid: alive.pid });
  const waiting = folder.exclusively(async () => 'later', never);
  await rm(lock);
  expect(await waiting).toBe('later');
});

test.runIf(process.platform === 'linux')('a pvr at work in the folder is seen and waited for', async () => {
  const folder = await madeOf({});
  const pvr = join(scratch(), 'pvr');
  await copyFile('/bin/sleep', pvr);
  const running = spawn(pvr, ['600'], { cwd: folder.root });
  onTestFinished(() => void running.kill());
  await expect.poll(() => folder.user()).toMatchObject({ by: 'pvr', pid: running.pid });
  let done = false;
  const waiting = folder.exclusively(async () => {
    done = true;
  }, never);
  expect(done).toBe(false);
  running.kill();
  await waiting;
});

test('a file of which nothing changed is read once', async () => {
  const root = unpacked('clean');
  execFileSync('find', [root, '-exec', 'touch', '-d', '2023-01-01', '{}', '+']);
  const folder = await openPvrFolder(root);
  expect(await lines(folder)).toEqual([]);
  await writeFile(join(root, 'nginx/root.squashfs'), 'other bytes');
  expect(await lines(folder)).toEqual(['C nginx/root.squashfs']);
});

test('a commit ends with a conflict when pvr wrote to the checkout meanwhile, and commits nothing', async () => {
  const folder = await madeOf({ 'a.txt': 'a' });
  const json = await readFile(join(folder.root, '.pvr/json'), 'utf8');
  const meanwhile = () => writeFileSync(join(folder.root, '.pvr/new'), '{}');
  await expect(folder.commit('', never, meanwhile)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await readFile(join(folder.root, '.pvr/json'), 'utf8')).toBe(json);
});
