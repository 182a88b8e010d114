import { mkdtemp, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Parts } from '../../../shared/contract/checkout.ts';
import { readParts, takeParts } from '../../../shared/pvr/parts.ts';
import { emptyPristine } from '../../../shared/pvr/pristine.ts';
import { errorCode } from '../folder/disk.ts';
import { openPvrFolder } from '../folder/folder.ts';
import { initFolder } from '../folder/init.ts';
import { badInput, diskProblem, folderInUse } from '../problems.ts';
import type { Progress } from '../work-news.ts';
import { bringObjects } from './bring-objects.ts';
import { anyOf, type Nearby } from './nearby.ts';
import { joinedFragment, type Origin, referenceOf } from './origin.ts';
import { checkedState, readState } from './read-state.ts';
import { takeRemotes } from './remotes.ts';
import { folderSink } from './sinks.ts';

export interface CloneWish {
  readonly origin: Origin;
  readonly parts: Parts;
  /** Absolute; it must not be there, or be an empty folder. */
  readonly path: string;
  /** Where the objects go, absolute: what `.pvr/config` names from then on. */
  readonly objectsDir: string;
  readonly nearby: Nearby;
}

/**
 * Makes a checkout as `pvr clone` does (cmdclone.go): everything in a folder beside the target, which takes its name at the very end. A
 * failure leaves nothing but the objects that came, which other checkouts share. Answers with how many entries it has.
 */
export async function cloneTo(wish: CloneWish, tell: Progress, signal: AbortSignal): Promise<number> {
  const { origin, path } = wish;
  await checkFree(path);
  tell({ text: `Asking ${origin.label} for its state` });
  const remote = await readState(origin, signal);
  const fragment = joinedFragment(origin.fragment, wish.parts.fragment);
  const { exactCli } = wish.parts;
  const taken = takeParts(emptyPristine, remote.text, { ...readParts(fragment), mode: 'get', exactCli });
  const state = checkedState(taken.text, origin.label);
  const temporary = await mkdtemp(join(dirname(path), 'pvr-clone-')).catch((error: unknown) => {
    throw diskProblem(error, `No folder can be made beside ${path}`);
  });
  try {
    await initFolder(temporary, wish.objectsDir);
    const folder = await openPvrFolder(temporary);
    // From here on it knows its object folder.
    await folder.read(signal);
    const objects = {
      wanted: taken.objects.keys(),
      from: (sha: Parameters<typeof origin.object>[0], stop: AbortSignal) => origin.object(sha, stop),
      nearby: anyOf(async (sha, stop) => origin.objectFile?.(sha, stop), wish.nearby),
      sink: folderSink(folder.objects),
      text: `Getting the objects from ${origin.label}`,
    };
    await bringObjects(objects, tell, signal);
    await folder.exclusively(async () => {
      await folder.checkOut({ label: `Cloned from ${origin.label}`, committed: state.text }, signal, tell);
      await takeRemotes(folder, referenceOf(origin, fragment));
      // Nothing was there before: what is left of the work is no backup.
      await folder.dropBackup();
    }, signal);
    signal.throwIfAborted();
    await moveTo(temporary, path);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
  return state.members.size;
}

/** An empty folder gives way to the clone. */
async function moveTo(temporary: string, path: string): Promise<void> {
  try {
    await rmdir(path).catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw error;
    });
    await rename(temporary, path);
  } catch (error) {
    const taken = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(errorCode(error) ?? '');
    throw taken ? folderInUse(path) : diskProblem(error, `The clone could not take its place at ${path}`);
  }
}

async function checkFree(path: string): Promise<void> {
  let found: readonly string[];
  try {
    found = await readdir(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    if (errorCode(error) === 'ENOTDIR') throw badInput(`${path} is no folder.`, 'Choose another place for the checkout.');
    throw diskProblem(error, `${path} can't be read`);
  }
  if (found.length > 0) throw folderInUse(path);
}
