import { appendFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PvrFolder } from '../pvr-folder.ts';
import { openPvrFolder } from './folder.ts';
import { filesIn, lines, madeOf, never, put, quiet, treeOf } from './test-bench.ts';

test('a state that a commit left unfinished is taken over', async () => {
  const folder = await committed();
  const json = join(folder.root, '.pvr/json');
  await writeFile(`${json}.new`, await readFile(json));
  await writeFile(json, '{"half');
  expect(await found(folder)).toEqual([['unfinished-commit', '.pvr/json']]);
  await mendAll(folder);
  expect([await found(folder), await lines(folder)]).toEqual([[], []]);
  expect(Object.values(await filesIn(join(folder.root, '.pvr/trailboss')))).toContain('{"half');
});

test('a folder with nothing but an unfinished state can be opened and mended', async () => {
  const folder = await committed();
  await rename(join(folder.root, '.pvr/json'), join(folder.root, '.pvr/json.new'));
  const again = await openPvrFolder(folder.root);
  await mendAll(again);
  expect(await lines(again)).toEqual([]);
});

test('a state that is lost is said to be, and nothing is promised', async () => {
  const folder = await committed();
  await writeFile(join(folder.root, '.pvr/json'), '{"x":1}');
  const { damage, committed: text } = await folder.read(never);
  expect([damage, text]).toMatchObject([[{ kind: 'bad-pristine' }], undefined]);
  expect(damage[0]?.mend).toBeUndefined();
  await expect(folder.mend(['pristine'], never, quiet)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  for (const work of [
    folder.commit('', never, quiet),
    folder.checkOut({ label: '' }, never, quiet),
    folder.add([], false, never),
  ]) {
    await expect(work).rejects.toMatchObject({ code: 'BAD_STATE' });
  }
});

test("a list of new files and a configuration that can't be read go into the backup", async () => {
  const folder = await madeOf({ 'a.txt': 'a' });
  await writeFile(join(folder.root, '.pvr/new'), '{"a.txt":7}');
  await writeFile(join(folder.root, '.pvr/config'), 'broken');
  await expect(folder.setRemotes({ get: 'x' })).rejects.toMatchObject({ code: 'BAD_STATE' });
  expect(await found(folder)).toEqual([
    ['bad-config', '.pvr/config'],
    ['bad-new', '.pvr/new'],
  ]);
  await mendAll(folder);
  expect([await found(folder), await lines(folder)]).toEqual([[], ['? a.txt']]);
  expect(Object.values(await filesIn(join(folder.root, '.pvr/trailboss')))).toEqual(
    expect.arrayContaining(['{"a.txt":7}', 'broken']),
  );
});

test('leftovers of pvr are moved away, files of the person are not', async () => {
  const folder = await committed();
  await put(folder.root, {
    '.pvr/json.new': '{',
    '.pvr/new.XXX': '',
    'a.txt.new': '',
    'b/c.txt.new': 'mine',
    'notes.new': 'mine',
  });
  expect(await found(folder)).toEqual([
    ['leftover-file', '.pvr/json.new'],
    ['leftover-file', '.pvr/new.XXX'],
    ['leftover-file', 'a.txt.new'],
  ]);
  await mendAll(folder);
  expect([await found(folder), await lines(folder)]).toEqual([[], ['? b/c.txt.new', '? notes.new']]);
  await folder.restoreBackup((await folder.backup())?.id ?? '');
  expect(await lines(folder)).toEqual(['? a.txt.new', '? b/c.txt.new', '? notes.new']);
});

test('an object that is missing or damaged is made again from a file with its bytes', async () => {
  const folder = await committed();
  const { objectsDir } = await folder.read(never);
  const [first = '', second = ''] = (await readdir(objectsDir)).sort();
  await rm(join(objectsDir, first));
  await writeFile(join(objectsDir, second), 'x'.repeat((await readFile(join(objectsDir, second))).length));
  expect((await found(folder)).map(([kind]) => kind)).toEqual(['missing-object']);
  expect((await folder.checkObjects(never, quiet)).map(({ kind }) => kind)).toEqual(['wrong-object']);
  await mendAll(folder);
  expect([await found(folder), await folder.checkObjects(never, quiet)]).toEqual([[], []]);
  expect((await readdir(objectsDir)).sort()).toEqual([first, second, `${second}.damaged`].sort());
});

test("an object of another size than its file is seen at once; one without a file can't be mended", async () => {
  const folder = await committed();
  const { objectsDir } = await folder.read(never);
  for (const name of await readdir(objectsDir)) await appendFile(join(objectsDir, name), 'more');
  expect((await found(folder)).map(([kind]) => kind)).toEqual(['wrong-object', 'wrong-object']);
  await put(folder.root, { 'a.txt': 'edited' });
  for (const name of await readdir(objectsDir)) await rm(join(objectsDir, name));
  const { damage } = await folder.read(never);
  expect(damage.map(({ path, mend }) => [path, mend === undefined])).toEqual([
    ['a.txt', true],
    ['b/c.txt', false],
  ]);
});

test('a checkout that was interrupted is gone on with', async () => {
  const folder = await committed();
  await rm(join(folder.root, 'a.txt'));
  await rename(join(folder.root, 'b/c.txt'), join(folder.root, 'b/c.txt.new'));
  expect((await found(folder)).map(([kind]) => kind)).toEqual(['leftover-file', 'interrupted-checkout']);
  await mendAll(folder);
  expect([await found(folder), await lines(folder)]).toEqual([[], []]);
  expect(await treeOf(folder.root)).toMatchObject({ 'a.txt': 'a', 'b/c.txt': 'c' });
});

async function committed(): Promise<PvrFolder> {
  const folder = await madeOf({ 'a.txt': 'a', 'b/c.txt': 'c', 'x.json': '{}' });
  await folder.commit('', never, quiet);
  return folder;
}

async function found(folder: PvrFolder): Promise<readonly (readonly [string, string])[]> {
  const { damage } = await folder.read(never);
  for (const { text } of damage) expect(text).toMatch(/^[A-Z.].*\.$/);
  return damage.map(({ kind, path }) => [kind, path]);
}

async function mendAll(folder: PvrFolder): Promise<void> {
  const { damage } = await folder.read(never);
  await folder.mend(
    damage.filter(({ mend }) => mend !== undefined).map(({ id }) => id),
    never,
    quiet,
  );
}
