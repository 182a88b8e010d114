import { lstat, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import type { PvrFolder } from '../pvr-folder.ts';
import { type Disk, realDisk } from './disk.ts';
import { openPvrFolder } from './folder.ts';
import { madeOf, never, put, quiet, treeOf } from './test-bench.ts';

/** Three edited files over a commit, which a reset put into the backup. */
async function reset(): Promise<PvrFolder> {
  const folder = await madeOf({ 'a.txt': 'a', 'b.txt': 'b', 'far/c.txt': 'c' });
  await folder.commit('', never, quiet);
  await put(folder.root, { 'a.txt': 'edited a', 'b.txt': 'edited b', 'far/c.txt': 'edited c' });
  await folder.checkOut({ label: 'Reset' }, never, quiet);
  return folder;
}

test('a backup that can only be brought back by half is not: all stays, and nothing of it is lost by the next work', async () => {
  const { root } = await reset();
  const was = await treeOf(root);
  let isReadOnly = true;
  const rename: Disk['rename'] = async (from, to) => {
    if (to === join(root, 'b.txt') && isReadOnly) throw Object.assign(new Error('read-only'), { code: 'EACCES' });
    await realDisk.rename(from, to);
  };
  const folder = await openPvrFolder(root, { ...realDisk, rename });
  const backup = await folder.backup();
  await expect(folder.restoreBackup(backup?.id ?? '')).rejects.toMatchObject({ code: 'LOCAL_STORAGE' });
  expect([await treeOf(root), await folder.backup()]).toEqual([was, backup]);
  isReadOnly = false;
  await folder.restoreBackup(backup?.id ?? '');
  expect(await treeOf(root)).toEqual({ 'a.txt': 'edited a', 'b.txt': 'edited b', 'far/c.txt': 'edited c' });
});

test('a folder of the tree on another file system is written, backed up and brought back as any other', async () => {
  const { root } = await reset();
  const far = join(root, 'far') + sep;
  const across = (from: string, to: string) => {
    if (from.startsWith(far) !== to.startsWith(far)) throw Object.assign(new Error('across'), { code: 'EXDEV' });
  };
  const rename: Disk['rename'] = async (from, to) => {
    across(from, to);
    await realDisk.rename(from, to);
  };
  const link: Disk['link'] = async (from, to) => {
    across(from, to);
    await realDisk.link(from, to);
  };
  const folder = await openPvrFolder(root, { ...realDisk, rename, link });
  await folder.restoreBackup((await folder.backup())?.id ?? '');
  expect(await readFile(join(root, 'far/c.txt'), 'utf8')).toBe('edited c');
  await folder.checkOut({ label: 'Reset' }, never, quiet);
  expect(await readFile(join(root, 'far/c.txt'), 'utf8')).toBe('c');
  await folder.removeFiles(['far/c.txt']);
  await expect(lstat(join(root, 'far/c.txt'))).rejects.toThrow('ENOENT');
  await folder.restoreBackup((await folder.backup())?.id ?? '');
  expect(await treeOf(root)).toMatchObject({ 'far/c.txt': 'c' });
});

test('what an interrupted checkout can be mended by stays when the backup is to go', async () => {
  const folder = await reset();
  const note = { pid: 2 ** 22 + 1, start: '1', label: 'Reset', remove: [] };
  await put(folder.root, { '.pvr/trailboss/checkout.json': JSON.stringify(note) });
  await folder.dropBackup();
  expect([(await folder.backup())?.files, (await folder.read(never)).damage.map(({ id }) => id)]).toEqual([
    3,
    ['noted-checkout'],
  ]);
  await folder.mend(['noted-checkout'], never, quiet);
  await folder.dropBackup();
  expect(await folder.backup()).toBeUndefined();
});
