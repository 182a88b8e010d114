import { randomUUID } from 'node:crypto';
import { lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { unsafeKey } from '../../../shared/pvr/key-safety.ts';
import { badInput, changedMeanwhile } from '../problems.ts';
import { BackupDraft, removeEmptyFolders } from './backup.ts';
import { ifThere, moveFile } from './disk.ts';
import { shaOfBytes } from './file-facts.ts';
import type { FolderWork } from './folder-work.ts';
import { fileOf } from './paths.ts';
import { isBehindLink, realFolder } from './real-folder.ts';

/** A file of the working tree with its size in bytes and the sha256 of them. NOT_FOUND where it is none. A link is followed, as pvr does. */
export async function treeFile({ paths, facts }: FolderWork, key: string, signal: AbortSignal) {
  refuseUnsafe(key);
  const path = fileOf(paths.root, key);
  const found = await ifThere(stat(path));
  if (!found?.isFile()) throw noSuchFile(key);
  return { path, size: found.size, mark: await facts.sha(path, signal) };
}

/** Writes a file whole; what was there goes into no backup. Its mode stays. */
export async function writeTreeFile(
  { paths, facts, disk }: FolderWork,
  key: string,
  bytes: Uint8Array | string,
  mark?: string,
): Promise<string> {
  await realFolder(paths.root, key, disk);
  const path = fileOf(paths.root, key);
  const found = await ifThere(stat(path));
  if (found?.isDirectory()) throw badInput(`${key} is a folder.`, 'Choose another name.');
  const now = found === undefined ? undefined : await facts.sha(path, AbortSignal.timeout(60_000));
  if (now !== mark) throw changedMeanwhile(key);
  await disk.folder(paths.work);
  const temporary = join(paths.work, randomUUID());
  await disk.write(temporary, bytes);
  if (found !== undefined) await disk.mode(temporary, found.mode & 0o777);
  await moveFile(disk, temporary, path);
  return shaOfBytes(bytes);
}

/** Writes files whole; what they replace goes into the backup. All of them must be writable, or none is written. */
export async function replaceTreeFiles(work: FolderWork, files: ReadonlyMap<string, string>, label: string): Promise<void> {
  const { paths, disk } = work;
  for (const key of files.keys()) await realFolder(paths.root, key, disk);
  const backup = new BackupDraft(work, label);
  await disk.folder(paths.work);
  for (const [key, text] of files) {
    const path = fileOf(paths.root, key);
    const temporary = join(paths.work, randomUUID());
    await disk.write(temporary, text);
    if ((await ifThere(lstat(path))) !== undefined) await backup.keep(key);
    await moveFile(disk, temporary, path);
  }
  await backup.finish();
}

/** Moves files of the tree into the backup; all of them must be there. */
export async function removeTreeFiles(work: FolderWork, keys: readonly string[]): Promise<void> {
  const { root } = work.paths;
  for (const key of keys) {
    refuseUnsafe(key);
    const found = await ifThere(lstat(fileOf(root, key)));
    if (found === undefined || found.isDirectory() || (await isBehindLink(root, key))) throw noSuchFile(key);
  }
  const backup = new BackupDraft(work, keys.length === 1 ? `Removed ${keys[0]}` : `Removed ${keys.length} files`);
  for (const key of keys) {
    await backup.move(key);
    await removeEmptyFolders(root, key);
  }
  await backup.finish();
}

function refuseUnsafe(key: string): void {
  const problem = unsafeKey(key);
  if (problem !== undefined) throw badInput(problem, 'Choose a file of the checkout.');
}

function noSuchFile(key: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `There is no file ${key}.`,
    unchanged: 'The folder is as it was.',
    next: 'Look at the list again.',
  });
}
