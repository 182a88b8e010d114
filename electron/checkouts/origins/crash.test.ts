import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Disk, realDisk } from '../folder/disk.ts';
import { openPvrFolder } from '../folder/folder.ts';
import { takeInto } from './take.ts';
import { checkoutWith, filesIn, never, nowhere, originOf, quiet, scratch, shaOf } from './test-bench.ts';

const [one, two, mine] = ['first object', 'second object', 'an object of mine'];
const remote = `{"#spec":"s","app/root":"${shaOf(one)}","app/run.json":{"name":"app"},"bsp/kernel":"${shaOf(two)}"}`;
const local = `{"#spec":"s","app/old":"${shaOf(mine)}","app/run.json":{"name":"old"},"zed/z.json":{"z":1}}`;
const after = `{"#spec":"s","app/root":"${shaOf(one)}","app/run.json":{"name":"app"},"zed/z.json":{"z":1}}`;

/** Every step takes ten seconds of waiting for the disk. */
const stride = 5;

test('a crash in any step leaves the checkout as it was, or is told and mended to what was taken, with every edit kept', async () => {
  const made = join(scratch(), 'made');
  checkoutWith(made, {
    json: local,
    objects: { [shaOf(mine)]: mine },
    files: { 'app/old': mine, 'app/run.json': '{"edited":1}', 'zed/z.json': '{"z":2}', 'app/root': 'untracked' },
  });
  const dir = scratch();
  for (let step = 0, failed = true; failed; step += stride) {
    const root = join(dir, `step${step}`);
    await cp(made, root, { recursive: true });
    const folder = await openPvrFolder(root, endingAt(step));
    const parts = { fragment: 'app', exactCli: false };
    const work = takeInto({ folder, origin: originOf(remote, [one, two]), parts, mode: 'get' }, nowhere, quiet, never);
    failed = await work.then(
      () => false,
      () => true,
    );
    const again = await openPvrFolder(root);
    const { damage } = await again.read(never);
    if (damage.length > 0)
      await again.mend(
        damage.map(({ id }) => id),
        never,
        quiet,
      );
    const { committed, status, damage: left } = await again.read(never);
    const isTaken = committed === after;
    expect([step, left, isTaken || committed === local]).toEqual([step, [], true]);
    const lines = status.map(({ letter, path }) => `${letter} ${path}`);
    if (isTaken) expect(lines, `step ${step}`).toEqual(['C zed/z.json']);
    const kept = JSON.stringify([filesIn(root), filesIn(join(root, '.pvr/trailboss'))]);
    for (const bytes of ['{"edited":1}', '{"z":2}', 'untracked']) expect(kept, `step ${step}`).toContain(shaOf(bytes));
    await rm(root, { recursive: true });
    if (!failed) expect([isTaken, step > 10]).toEqual([true, true]);
  }
});

/** Does so many changes, and none from then on, as a process that is gone. */
function endingAt(steps: number): Disk {
  let left = steps;
  const ending =
    <Args extends readonly unknown[]>(work: (...args: Args) => Promise<void>) =>
    async (...args: Args) => {
      left -= 1;
      if (left < 0) throw Object.assign(new Error('gone'), { code: 'EIO' });
      await work(...args);
    };
  const { folder, write, settle, copy, rename, link, mode, remove, removeFolder } = realDisk;
  return {
    folder: ending(folder),
    write: ending(write),
    settle: ending(settle),
    copy: ending(copy),
    rename: ending(rename),
    link: ending(link),
    mode: ending(mode),
    remove: ending(remove),
    removeFolder: ending(removeFolder),
  };
}
