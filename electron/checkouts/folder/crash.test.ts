import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PvrFolder } from '../pvr-folder.ts';
import { type Disk, realDisk } from './disk.ts';
import { openPvrFolder } from './folder.ts';
import { lines, madeOf, never, put, quiet, scratch, treeOf } from './test-bench.ts';

/** Work of which each step but the first ones is made to fail, as a crash or a full disk does. */
const works: Readonly<Record<string, (folder: PvrFolder) => Promise<unknown>>> = {
  commit: (folder) => folder.commit('second', never, quiet),
  checkout: (folder) => folder.checkOut({ remove: ['new.txt'], label: 'Reset' }, never, quiet),
  'a new committed state': (folder) => folder.replaceCommitted('{"#spec":"pantavisor-service-system@1"}'),
  add: (folder) => folder.add([], false, never),
  addresses: (folder) => folder.setRemotes({ get: 'http://a', put: '', post: '' }),
  'a removal': (folder) => folder.removeFiles(['a.txt', 'dir/c.json']),
};

describe.each(Object.entries(works))('a crash in %s', (_, work) => {
  test('leaves a checkout that can be read, or mended to one, with every byte still somewhere', async () => {
    const pristine = await dirty();
    for (let step = 0; ; step += 1) {
      const root = join(scratch(), 'tree');
      await cp(pristine.root, root, { recursive: true });
      const disk = failingAt(step);
      const failed = await work(await openPvrFolder(root, disk.disk)).then(
        () => false,
        () => true,
      );
      const folder = await openPvrFolder(root);
      await mendAll(folder);
      const { committed, working, damage } = await folder.read(never);
      expect([step, damage]).toEqual([step, []]);
      expect(committed).toBeDefined();
      expect(working).toBeDefined();
      const kept = JSON.stringify([await treeOf(root), await filesUnder(root)]);
      for (const bytes of ['edited a', 'untouched b', 'edited c', 'brand new']) expect(kept, `step ${step}`).toContain(bytes);
      if (step % 3 !== 0 && failed) continue;
      await folder.checkOut({ label: 'Reset' }, never, quiet);
      expect((await lines(folder)).filter((line) => !line.startsWith('?'))).toEqual([]);
      if (!failed) return expect(step).toBeGreaterThan(2);
    }
  });
});

/** Edited and added files over a commit. */
async function dirty(): Promise<PvrFolder> {
  const folder = await madeOf({ 'a.txt': 'first a', 'b.txt': 'untouched b', 'dir/c.json': '{"c":1}' });
  await folder.commit('first', never, quiet);
  await put(folder.root, { 'a.txt': 'edited a', 'dir/c.json': '{"c":"edited c"}', 'new.txt': 'brand new' });
  await folder.add(['new.txt'], false, never);
  return folder;
}

async function mendAll(folder: PvrFolder): Promise<void> {
  const { damage } = await folder.read(never);
  const ids = damage.filter(({ mend }) => mend !== undefined).map(({ id }) => id);
  if (ids.length > 0) await folder.mend(ids, never, quiet);
}

async function filesUnder(root: string): Promise<unknown> {
  return treeOf(join(root, '.pvr', 'trailboss')).catch(() => ({}));
}

/** Does `steps` changes, and fails at each from then on, as after the process has gone. */
function failingAt(steps: number): { readonly disk: Disk } {
  let left = steps;
  const failing =
    <Args extends readonly unknown[]>(work: (...args: Args) => Promise<void>) =>
    async (...args: Args) => {
      left -= 1;
      if (left < 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      await work(...args);
    };
  const { folder, write, settle, copy, rename, link, mode, remove, removeFolder } = realDisk;
  return {
    disk: {
      folder: failing(folder),
      write: failing(write),
      settle: failing(settle),
      copy: failing(copy),
      rename: failing(rename),
      link: failing(link),
      mode: failing(mode),
      remove: failing(remove),
      removeFolder: failing(removeFolder),
    },
  };
}
