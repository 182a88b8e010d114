import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Sha256 } from '../../../shared/state/ids.ts';
import type { PvrFolder } from '../pvr-folder.ts';
import { exportFolder } from './export.ts';
import { openFolderFeed } from './folder-feed.ts';
import { madeOf, never, put, quiet, scratch } from './test-bench.ts';

test('an object that is damaged or missing leaves no export, and the older one as it was', async () => {
  const folder = await committed();
  const dir = scratch();
  const path = join(dir, 'x.tar');
  await exportFolder(folder, path, [], never, quiet);
  const before = await readFile(path);
  const { objectsDir } = await folder.read(never);
  const [name = ''] = await readdir(objectsDir);
  await writeFile(join(objectsDir, name), 'x'.repeat(7));
  await expect(exportFolder(folder, path, [], never, quiet)).rejects.toMatchObject({ code: 'BAD_CHECKSUM' });
  await rm(join(objectsDir, name));
  await expect(exportFolder(folder, path, [], never, quiet)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect([await readdir(dir), await readFile(path)]).toEqual([['x.tar'], before]);
});

test('an export that is cancelled leaves nothing', async () => {
  const folder = await committed();
  const dir = scratch();
  const stop = new AbortController();
  await expect(exportFolder(folder, join(dir, 'x.tgz'), [], stop.signal, () => stop.abort())).rejects.toThrow();
  expect(await readdir(dir)).toEqual([]);
});

test('a folder is a source of what is committed and of what is in the tree now', async () => {
  const folder = await committed();
  await put(folder.root, { 'a.txt': 'edited' });
  const commit = await openFolderFeed(join(folder.root, '.pvr'), 'commit');
  const working = await openFolderFeed(folder.root, 'working');
  const { committed: text = '', working: now = '' } = await folder.read(never);
  expect([await commit.state(never), await working.state(never)]).toEqual([text, now]);
  expect([await bytesOf(commit, text), await bytesOf(working, now)]).toEqual(['a', 'edited']);
  await put(folder.root, { 'a.txt': 'edited again' });
  await expect(bytesOf(working, now)).rejects.toMatchObject({ code: 'BAD_CHECKSUM' });
  await expect(openFolderFeed(scratch(), 'commit')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

async function committed(): Promise<PvrFolder> {
  const folder = await madeOf({ 'a.txt': 'a', 'b/run.json': '{}' });
  await folder.commit('', never, quiet);
  return folder;
}

async function bytesOf(feed: Awaited<ReturnType<typeof openFolderFeed>>, state: string): Promise<string> {
  const sha = Sha256.parse(/[0-9a-f]{64}/.exec(state)?.[0]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of feed.object(sha, never)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
