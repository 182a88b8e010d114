import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { openPvrFolder } from '../../electron/checkouts/folder/folder.ts';
import { initFolder } from '../../electron/checkouts/folder/init.ts';
import type { PvrFolder } from '../../electron/checkouts/pvr-folder.ts';
import { type Figure, grown, mb, median, ms } from './table.ts';

const sizes = [500, 5000] as const;
const objectSizes = [100_000_000, 1_000_000_000] as const;
const never = new AbortController().signal;
const nobody = () => {};

/** A checkout of 500 and of 5,000 files: read again, with one file changed, committed; and one object of 100 MB and of 1 GB. */
export async function measureCheckouts(): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'trailboss-bench-checkout-'));
  try {
    const [small, large] = [await measureTree(dir, sizes[0]), await measureTree(dir, sizes[1])];
    const pair = [
      { size: sizes[0], measured: small },
      { size: sizes[1], measured: large },
    ] as const;
    const object = [await measureObject(dir, objectSizes[0]), await measureObject(dir, objectSizes[1])] as const;
    return [
      grown(pair, 'read for the first time, files', ({ first }) => first, ms),
      grown(pair, 'read again, nothing changed', ({ again }) => again, ms),
      grown(pair, 'commit of one changed file', ({ commit }) => commit, ms),
      {
        what: 'commit of an object of 1 GB',
        value: ms(object[1].took),
        note: `× ${(object[1].took / object[0].took).toFixed(1)} for 10 times the bytes; memory grew by ${mb(object[1].memory)} at most, ${mb(object[0].memory)} at 100 MB`,
      },
    ];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function measureTree(dir: string, files: number) {
  const root = await emptyCheckout(join(dir, `tree-${files}`));
  for (let file = 0; file < files; file += 1) {
    const path = join(root, `app${file % 50}`, 'etc', `${file}${file % 3 === 0 ? '.json' : '.conf'}`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file % 3 === 0 ? `{"port":${file}}` : `port=${file}\n`);
  }
  const before = await openPvrFolder(root);
  await before.add([], false, never);
  await before.commit('', never, nobody);
  const folder = await openPvrFolder(root);
  const first = await timed(() => folder.read(never));
  const again: number[] = [];
  const commits: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    again.push(await timed(() => folder.read(never)));
    await appendFile(join(root, 'app1', 'etc', '1.conf'), 'more\n');
    commits.push(await timed(() => folder.commit('', never, nobody)));
  }
  return { first, again: median(again), commit: median(commits) };
}

/** Milliseconds, and how much larger the process was at its largest than before, in bytes. */
async function measureObject(dir: string, size: number) {
  const root = await emptyCheckout(join(dir, `object-${size}`));
  await writeObject(join(root, 'root.squashfs'), size);
  const folder = await openPvrFolder(root);
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  const took = await timed(() => addAndCommit(folder));
  clearInterval(watch);
  await rm(root, { recursive: true, force: true });
  return { took, memory: most - before };
}

async function addAndCommit(folder: PvrFolder): Promise<void> {
  await folder.add([], false, never);
  await folder.commit('', never, nobody);
}

async function emptyCheckout(root: string): Promise<string> {
  return initFolder(root, join(root, '.pvr', 'objects'));
}

async function writeObject(path: string, size: number): Promise<void> {
  const piece = randomBytes(1_000_000);
  const file = createWriteStream(path);
  for (let written = 0; written < size; written += piece.length) {
    if (!file.write(piece)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
