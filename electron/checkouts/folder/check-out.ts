import { randomUUID } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkedOutJson } from '../../../shared/pvr/checked-out.ts';
import { unsafeKey, unsafeKeys } from '../../../shared/pvr/key-safety.ts';
import { formatNewFiles } from '../../../shared/pvr/new-files.ts';
import { objectSha, parsePristine } from '../../../shared/pvr/pristine.ts';
import type { Sha256 } from '../../../shared/state/ids.ts';
import { badState, missingObject, wrongSha } from '../problems.ts';
import type { Step } from '../pvr-folder.ts';
import { BackupDraft, newestBackup, removeEmptyFolders } from './backup.ts';
import { errorCode, ifThere, moveFile, replaceFile } from './disk.ts';
import { shaOfBytes, shaOfFile } from './file-facts.ts';
import type { FolderWork } from './folder-work.ts';
import { inParallel } from './in-parallel.ts';
import { whileNoted } from './journal.ts';
import { fileOf } from './paths.ts';
import { readPvrFiles } from './pvr-files.ts';
import { committedText, replaceCommitted } from './pvr-writes.ts';
import { realFolder } from './real-folder.ts';

export interface CheckOutWish {
  readonly keys?: readonly string[];
  readonly remove?: readonly string[];
  readonly label: string;
  /** Becomes the committed state first; a crash in between shows as an interrupted checkout. */
  readonly committed?: string;
  /** The backup of interrupted work that this goes on with. */
  readonly goesOn?: string | undefined;
}

/** So many files are compared at once. */
const atOnce = 8;

type Target = { readonly key: string } & ({ readonly text: string } | { readonly sha: Sha256 });

/**
 * Writes committed files into the tree as `pvr checkout` does (resetInternal), and only those whose bytes differ. Nothing is written before
 * all their objects are there and all keys are safe. Files that are in nobody's way stay.
 */
export async function checkOut(
  work: FolderWork,
  wish: CheckOutWish,
  signal: AbortSignal,
  tell: (step: Step) => void,
): Promise<void> {
  const { paths } = work;
  const files = await readPvrFiles(paths);
  const state = wish.committed === undefined ? files.json : parsePristine(wish.committed);
  if (!state?.ok) throw badState(`The committed state of ${paths.root} can't be read.`, 'Mend the checkout first.');
  const { members } = state.pristine;
  const keys = (wish.keys ?? [...members.keys()]).filter((key) => members.has(key) && !key.startsWith('#spec'));
  const problem = unsafeKeys(keys) ?? (wish.remove ?? []).map(unsafeKey).find((text) => text !== undefined);
  if (problem !== undefined)
    throw badState("This state can't be checked out.", 'Ask whoever made it: it may be an attack.', problem);
  const targets = await differing(
    work,
    keys.map((key) => targetOf(key, members.get(key) ?? '')),
    signal,
  );
  const bytes = await objectBytes(work, targets);
  const earlier = wish.goesOn === undefined ? await newestBackup(paths) : undefined;
  const { keys: only, remove = [], label } = wish;
  const committed = wish.committed === undefined ? undefined : shaOfBytes(committedText(state.pristine));
  const note = {
    label,
    remove: [...remove],
    ...(only && { keys: [...only] }),
    ...(committed !== undefined && { committed }),
    ...(earlier !== undefined && { earlier }),
  };
  await whileNoted(work, note, async () => {
    if (wish.committed !== undefined) await replaceCommitted(work, wish.committed);
    await write(work, wish, targets, bytes, signal, tell);
  });
}

async function write(
  work: FolderWork,
  wish: CheckOutWish,
  targets: readonly Target[],
  bytes: Awaited<ReturnType<typeof objectBytes>>,
  signal: AbortSignal,
  tell: (step: Step) => void,
): Promise<void> {
  const { paths, disk } = work;
  const { newFiles } = await readPvrFiles(paths);
  const backup = new BackupDraft(work, wish.label, wish.goesOn);
  await disk.removeFolder(paths.work);
  await disk.folder(paths.work);
  try {
    let written = 0;
    for (const [done, target] of targets.entries()) {
      signal.throwIfAborted();
      tell({ text: target.key, objects: { done, total: targets.length }, bytes: { done: written, total: bytes.total } });
      await place(work, target, backup, signal);
      written += 'sha' in target ? (bytes.sizes.get(target.sha) ?? 0) : 0;
    }
    for (const key of wish.remove ?? []) {
      await backup.move(key);
      await removeEmptyFolders(paths.root, key);
    }
    if (wish.keys === undefined) await backup.move('.pvr/new');
    else if (newFiles?.ok) {
      const gone = new Set([...wish.keys, ...(wish.remove ?? [])]);
      const kept = new Map([...newFiles.files].filter(([key]) => !gone.has(key)));
      if (kept.size === 0) await backup.move('.pvr/new');
      else if (kept.size < newFiles.files.size)
        await replaceFile(disk, paths.newFiles, formatNewFiles(kept), join(paths.pvr, 'new.XXX'));
    }
    // Not after a failure: what the work before overwrote can still be brought back then.
    await backup.finish();
  } finally {
    await disk.removeFolder(paths.work);
  }
}

function targetOf(key: string, raw: string): Target {
  const sha = objectSha(raw);
  return sha === undefined ? { key, text: checkedOutJson(raw) } : { key, sha };
}

/** Those whose file is not there with these bytes. */
async function differing(
  { paths, facts }: FolderWork,
  targets: readonly Target[],
  signal: AbortSignal,
): Promise<readonly Target[]> {
  const differ = new Set<Target>();
  await inParallel(targets, atOnce, signal, async (target) => {
    const file = fileOf(paths.root, target.key);
    const found = await ifThere(lstat(file));
    if (found?.isDirectory())
      throw badState(`${target.key} can't be checked out: there is a folder of that name.`, 'Rename the folder first.');
    const wanted = 'sha' in target ? target.sha : shaOfBytes(target.text);
    if (!found?.isFile() || (await readable(facts.sha(file, signal))) !== wanted) differ.add(target);
  });
  return targets.filter((target) => differ.has(target));
}

/** A file that can't be read is one that differs. */
async function readable(sha: Promise<Sha256>): Promise<Sha256 | undefined> {
  try {
    return await sha;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** NOT_FOUND when an object is not there. */
async function objectBytes({ objects, paths }: FolderWork, targets: readonly Target[]) {
  const sizes = new Map<Sha256, number>();
  let total = 0;
  for (const target of targets) {
    if (!('sha' in target)) continue;
    const size = sizes.get(target.sha) ?? (await objects.size(target.sha));
    if (size === undefined) throw missingObject(target.sha, `the object folder of ${paths.root} (${target.key})`);
    sizes.set(target.sha, size);
    total += size;
  }
  return { sizes, total };
}

/** Written aside and checked first, then moved into its place, so that there is always a whole file. */
async function place(
  { paths, disk, objects }: FolderWork,
  target: Target,
  backup: BackupDraft,
  signal: AbortSignal,
): Promise<void> {
  const file = fileOf(paths.root, target.key);
  await realFolder(paths.root, target.key, disk);
  const temporary = join(paths.work, randomUUID());
  if ('sha' in target) {
    await disk.copy(objects.path(target.sha), temporary);
    await disk.mode(temporary, 0o644);
    const actual = await shaOfFile(temporary, signal);
    if (actual !== target.sha) throw wrongSha(target.sha, actual, `the object folder (${target.key})`);
  } else {
    await disk.write(temporary, target.text);
  }
  if ((await ifThere(lstat(file))) !== undefined) await backup.keep(target.key);
  await moveFile(disk, temporary, file);
}
