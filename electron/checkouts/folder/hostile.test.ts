import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { openExportFeed } from './export-feed.ts';
import { shaOfBytes } from './file-facts.ts';
import { importInto } from './import.ts';
import { filesIn, madeOf, never, quiet, scratch } from './test-bench.ts';

const spec = '"#spec":"pantavisor-service-system@1"';
const object = shaOfBytes('x');

describe('a state with a key that leads elsewhere', () => {
  test.each([
    '../x.json',
    '/etc/x.json',
    'a/../../x.json',
    'a//x.json',
    './x.json',
    '.pvr/json',
    '.PVR/x.json',
    '.pv/x.json',
    'nul\u0000.json',
    '',
  ])('%j is not checked out', async (key) => {
    const folder = await madeOf({});
    const text = `{${spec},"fine.json":1,${JSON.stringify(key)}:"${object}"}`;
    const before = await filesIn(join(folder.root, '..'));
    await writeFile(join(folder.root, '.pvr/json'), text);
    await expect(folder.checkOut({ label: 'Reset' }, never, quiet)).rejects.toMatchObject({ code: 'BAD_STATE' });
    expect(await filesIn(join(folder.root, '..'))).toEqual({ ...before, 'tree/.pvr/json': text });
  });

  test('a file where a folder must be is refused before anything is written', async () => {
    const folder = await madeOf({});
    await folder.replaceCommitted(`{${spec},"a.json":1,"a.json/b.json":2}`);
    await expect(folder.checkOut({ label: 'Reset' }, never, quiet)).rejects.toMatchObject({ code: 'BAD_STATE' });
    expect((await readdir(folder.root)).sort()).toEqual(['.pvr']);
  });

  test('nothing is written through a link', async () => {
    const folder = await madeOf({});
    const outside = scratch();
    await symlink(outside, join(folder.root, 'app'));
    await folder.replaceCommitted(`{${spec},"app/x.json":1}`);
    await expect(folder.checkOut({ label: 'Reset' }, never, quiet)).rejects.toMatchObject({ code: 'BAD_STATE' });
    await expect(folder.writeFile('app/y.json', '1')).rejects.toMatchObject({ code: 'BAD_STATE' });
    expect(await readdir(outside)).toEqual([]);
  });

  test("a link in a file's place is replaced, not followed", async () => {
    const folder = await madeOf({});
    const outside = join(scratch(), 'outside');
    await writeFile(outside, 'outside');
    await symlink(outside, join(folder.root, 'x.json'));
    await folder.replaceCommitted(`{${spec},"x.json":1}`);
    await folder.checkOut({ label: 'Reset' }, never, quiet);
    expect(await filesIn(join(outside, '..'))).toEqual({ outside: 'outside' });
  });
});

describe('a checkout with links where Trailboss keeps its own, or above a file that is to go', () => {
  test('a backup that is a link is none, and nothing is taken from where it leads', async () => {
    const folder = await madeOf({ 'a.txt': 'a' });
    const outside = scratch();
    await writeFile(join(outside, 'letter.txt'), 'private');
    await mkdir(join(folder.root, '.pvr/trailboss/backup-1'), { recursive: true });
    await symlink(outside, join(folder.root, '.pvr/trailboss/backup-1/files'));
    await mkdir(join(outside, 'backup-3/files'), { recursive: true });
    await symlink(join(outside, 'backup-3'), join(folder.root, '.pvr/trailboss/backup-2'));
    expect(await folder.backup()).toBeUndefined();
    await folder.restoreBackup('backup-1').catch(() => undefined);
    await folder.restoreBackup('backup-2').catch(() => undefined);
    expect(await readFile(join(outside, 'letter.txt'), 'utf8')).toBe('private');
  });

  test('nothing is written to where its own folder leads', async () => {
    const folder = await madeOf({ 'a.txt': 'a' });
    const outside = scratch();
    await symlink(outside, join(folder.root, '.pvr/trailboss'));
    await expect(folder.removeFiles(['a.txt'])).rejects.toMatchObject({ code: 'BAD_STATE' });
    await expect(folder.writeFile('b.txt', 'b')).rejects.toMatchObject({ code: 'BAD_STATE' });
    expect([await readdir(outside), await filesIn(outside)]).toEqual([[], {}]);
  });

  test('a backup is not brought back through a link', async () => {
    const folder = await madeOf({ 'app/x.txt': 'mine', 'z.txt': 'z' });
    await folder.removeFiles(['app/x.txt', 'z.txt']);
    const outside = scratch();
    await symlink(outside, join(folder.root, 'app'));
    await expect(folder.restoreBackup('backup-1')).rejects.toMatchObject({ code: 'BAD_STATE' });
    expect(await readdir(outside)).toEqual([]);
    await rm(join(folder.root, 'app'));
    await folder.restoreBackup('backup-1');
    expect(await readFile(join(folder.root, 'app/x.txt'), 'utf8')).toBe('mine');
  });

  test('a file behind a link is not removed', async () => {
    const folder = await madeOf({ 'a.txt': 'a' });
    const outside = scratch();
    await writeFile(join(outside, 'letter.txt'), 'private');
    await symlink(outside, join(folder.root, 'app'));
    await expect(folder.removeFiles(['app/letter.txt'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await folder.checkOut({ remove: ['app/letter.txt'], label: 'Got' }, never, quiet);
    expect(await filesIn(outside)).toEqual({ 'letter.txt': 'private' });
  });
});

describe('what is no file', () => {
  test('a link to a pipe or a device is a problem of its entry, and nobody waits for it', async () => {
    const folder = await madeOf({ 'a.json': '1', 'b.txt': 'b' });
    await folder.commit('', never, quiet);
    execFileSync('mkfifo', [join(folder.root, '../pipe'), join(folder.root, 'pipe')]);
    await Promise.all(['a.json', 'b.txt'].map((name) => rm(join(folder.root, name))));
    await symlink('/dev/zero', join(folder.root, 'a.json'));
    await symlink('../pipe', join(folder.root, 'b.txt'));
    const { problems } = await folder.read(never);
    expect(problems).toEqual([
      { path: 'a.json', text: 'It is a link to something that is no file.' },
      { path: 'b.txt', text: 'It is a link to something that is no file.' },
    ]);
    await expect(folder.add(['pipe'], true, never)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(folder.add([], true, never)).resolves.toBe(0);
  });

  test.each(['new', 'config', 'trailboss.lock'])('a pipe in the place of .pvr/%s fails at once', async (name) => {
    const folder = await madeOf({ 'a.txt': 'a' });
    const path = join(folder.root, '.pvr', name);
    await rm(path, { force: true });
    execFileSync('mkfifo', [path]);
    await expect(folder.commit('', never, quiet)).rejects.toMatchObject({ code: 'LOCAL_STORAGE' });
  });
});

type TarEntry = {
  readonly name: string;
  readonly bytes?: string;
  readonly type?: 'symlink' | 'link' | 'fifo';
  readonly size?: number;
};

const state: TarEntry = { name: 'json', bytes: `{${spec},"x":"${object}"}` };
const hostile: readonly (readonly [string, readonly TarEntry[]])[] = [
  ['a name with ..', [state, { name: '../../objects/x', bytes: 'x' }]],
  ['an absolute name', [state, { name: '/objects/x', bytes: 'x' }]],
  ['an object with another name', [state, { name: 'objects/../../x', bytes: 'x' }]],
  ['an object that is no sha', [state, { name: 'objects/config', bytes: 'x' }]],
  ['a link', [state, { name: `objects/${object}`, type: 'symlink' }]],
  ['a hard link', [state, { name: `objects/${object}`, type: 'link' }]],
  ['a pipe', [state, { name: `objects/${object}`, type: 'fifo' }]],
  ['an object with other bytes', [state, { name: `objects/${object}`, bytes: 'y' }]],
  ['an object that is not there', [state]],
  ['objects before the state', [{ name: `objects/${object}`, bytes: 'x' }, state]],
  ['two states', [state, state]],
  ['no state', [{ name: `objects/${object}`, bytes: 'x' }]],
  ['a state that is none', [{ name: 'json', bytes: '[]' }]],
  ['a state with a bad key', [{ name: 'json', bytes: `{${spec},"../x.json":1}` }]],
];

describe.each(hostile)('an export with %s', (_, entries) => {
  test('is not imported, and nothing of it is committed or in the tree', async () => {
    const folder = await madeOf({ 'mine.txt': 'mine' });
    const path = join(scratch(), 'x.tgz');
    await writeTar(path, entries);
    const before = await filesIn(folder.root);
    await expect(importInto(folder, path, never, quiet)).rejects.toMatchObject({ code: expect.stringMatching(/BAD_|NOT_FOUND/) });
    expect(await filesIn(folder.root)).toEqual(before);
    const objects = await readdir(join(folder.root, '../objects'));
    expect(objects.filter((name) => name !== object)).toEqual([]);
  });
});

test('a file that is no tarball, a cut one and a damaged gzip are named as such', async () => {
  const dir = scratch();
  const whole = join(dir, 'whole.tar');
  await writeTar(whole, [state, { name: `objects/${object}`, bytes: 'x'.repeat(100_000) }], false);
  const bytes = Buffer.alloc(3000, 1);
  const cases = {
    'text.tar': Buffer.from('hello'.repeat(500)),
    'zeros.tar': Buffer.alloc(2048),
    'bad.tgz': Buffer.concat([Buffer.from([0x1f, 0x8b]), bytes]),
  };
  for (const [name, content] of Object.entries(cases)) {
    await writeFile(join(dir, name), content);
    const feed = await openExportFeed(join(dir, name), dir);
    await expect(feed.state(never), name).rejects.toMatchObject({ code: 'BAD_INPUT' });
  }
  await expect((await openExportFeed(join(dir, 'gone.tar'), dir)).state(never)).rejects.toMatchObject({ code: 'LOCAL_STORAGE' });
});

test('a huge header is refused, not kept in memory', async () => {
  const path = join(scratch(), 'x.tar');
  const tar = Buffer.alloc(1024);
  tar.write('json', 0);
  tar.write('0000644', 100);
  tar.write('77777777777', 124);
  tar.write('00000000000', 136);
  tar.write('x', 156);
  tar.write('ustar\u000000', 257);
  tar.fill(' ', 148, 156);
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148);
  await writeFile(path, tar);
  await expect((await openExportFeed(path)).state(never)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

test('a state that unpacks to more than any state is refused', async () => {
  const path = join(scratch(), 'x.tgz');
  await writeTar(path, [{ name: 'json', bytes: `{${spec},"x.json":"${' '.repeat(33 * 1024 * 1024)}"}` }]);
  await expect((await openExportFeed(path)).state(never)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

async function writeTar(path: string, entries: readonly TarEntry[], zipped = true): Promise<void> {
  const tar = pack();
  for (const { name, bytes = '', type } of entries) {
    if (type === undefined) tar.entry({ name }, bytes);
    else tar.entry({ name, type, linkname: '/etc/passwd' });
  }
  tar.finalize();
  await mkdir(join(path, '..'), { recursive: true });
  const source = tarBytes(tar);
  await (zipped ? pipeline(source, createGzip(), createWriteStream(path)) : pipeline(source, createWriteStream(path)));
}

async function* tarBytes(tar: AsyncIterable<unknown>): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of tar) if (chunk instanceof Uint8Array) yield chunk;
}
