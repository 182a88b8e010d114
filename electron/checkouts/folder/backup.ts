import { lstat, readdir, rmdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { badInput } from '../problems.ts';
import type { FolderBackup } from '../pvr-folder.ts';
import { type Disk, errorCode, ifThere, moveFile, readOwn } from './disk.ts';
import type { FolderWork } from './folder-work.ts';
import { interrupted } from './journal.ts';
import { type FolderPaths, fileOf } from './paths.ts';
import { isBehindLink, realFolder } from './real-folder.ts';
import { walkFiles } from './walk.ts';

const Label = z.object({ at: z.number(), label: z.string() });

/** pvr's own files that a backup may hold beside those of the tree. */
const ownFiles = ['json', 'new', 'config', 'json.new', 'config.new', 'new.XXX', 'commitmsg.new'] as const;

/** A backup that is being made: its folder comes with the first file. */
export class BackupDraft {
  readonly #paths: FolderPaths;
  readonly #disk: Disk;
  readonly #label: string;
  readonly #goesOn: string | undefined;
  #dir: string | undefined;

  /** @param goesOn a backup that what comes is added to: that of interrupted work. */
  constructor({ paths, disk }: Pick<FolderWork, 'paths' | 'disk'>, label: string, goesOn?: string) {
    this.#paths = paths;
    this.#disk = disk;
    this.#label = label;
    this.#goesOn = goesOn;
  }

  /** Keeps a file of the tree that is about to be replaced, and says where: it stays in its place until then, where there are links. */
  async keep(key: string): Promise<string | undefined> {
    const file = fileOf(this.#paths.root, key);
    const place = await this.#place(key);
    try {
      await this.#disk.link(file, place);
      return place;
    } catch (error) {
      // What is kept already is what was there before all else.
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'EEXIST') return undefined;
      await moveFile(this.#disk, file, place);
      return place;
    }
  }

  /** Moves a file of the tree, or of pvr's own by `.pvr/<name>`, away; not one that is behind a link, which is somebody else's. */
  async move(key: string): Promise<string | undefined> {
    const isOwn = key.startsWith('.pvr/');
    if (!isOwn && (await isBehindLink(this.#paths.root, key))) return undefined;
    const place = isOwn ? join(await this.#begun(), 'pvr', key.slice('.pvr/'.length)) : await this.#place(key);
    return await ifThere(moveFile(this.#disk, fileOf(this.#paths.root, key), place).then(() => place));
  }

  /** It goes with all that is in it. */
  async giveUp(): Promise<void> {
    if (this.#dir !== undefined) await this.#disk.removeFolder(this.#dir);
  }

  /** Earlier backups go, if this one holds anything. */
  async finish(): Promise<void> {
    if (this.#dir === undefined) return;
    for (const name of await backupNames(this.#paths)) {
      const dir = join(this.#paths.own, name);
      if (dir !== this.#dir) await this.#disk.removeFolder(dir);
    }
  }

  async #place(key: string): Promise<string> {
    const place = fileOf(join(await this.#begun(), 'files'), key);
    await this.#disk.folder(dirname(place));
    return place;
  }

  async #begun(): Promise<string> {
    if (this.#dir !== undefined) return this.#dir;
    const [last] = await backupNames(this.#paths);
    const dir = join(this.#paths.own, this.#goesOn ?? `backup-${(last === undefined ? 0 : numberOf(last)) + 1}`);
    await this.#disk.folder(join(dir, 'files'));
    await this.#disk.folder(join(dir, 'pvr'));
    const named = join(dir, 'backup.json');
    if (this.#goesOn === undefined || (await ifThere(lstat(named))) === undefined) {
      await this.#disk.remove(named);
      await this.#disk.write(named, JSON.stringify({ at: Date.now(), label: this.#label }));
    }
    this.#dir = dir;
    return dir;
  }
}

/** The newest backup that holds anything. */
export async function currentBackup(paths: FolderPaths): Promise<FolderBackup | undefined> {
  const [id] = await backupNames(paths);
  if (id === undefined) return undefined;
  const { files, own, label } = await contentsOf(paths, id);
  return files.length + own.length === 0 ? undefined : { id, ...label, files: files.length };
}

/**
 * Puts everything in a backup back. What is there instead becomes the backup, or is given up, and earlier backups stay then: what a failed
 * work wrote. BAD_INPUT when it is gone. A failure leaves all as it was.
 */
export async function restoreBackup(
  { paths, disk }: FolderWork,
  id: string,
  instead: 'kept' | 'given-up' = 'kept',
): Promise<void> {
  if (!(await backupNames(paths)).includes(id))
    throw badInput('This backup is not there any more.', 'Only the last one is kept.');
  const dir = join(paths.own, id);
  const { files, own, label } = await contentsOf(paths, id);
  const draft = instead === 'kept' ? new BackupDraft({ paths, disk }, `Undone: ${label.label}`) : undefined;
  const done: Restored[] = [];
  for (const key of files) await realFolder(paths.root, key, disk);
  try {
    for (const key of files) {
      const [stored, target] = [fileOf(join(dir, 'files'), key), fileOf(paths.root, key)];
      const kept = (await ifThere(lstat(target))) === undefined ? undefined : await draft?.keep(key);
      done.push({ stored, target, kept });
      await moveFile(disk, stored, target);
    }
    for (const name of own) {
      const [stored, target] = [join(dir, 'pvr', name), join(paths.pvr, name)];
      const kept = await draft?.move(`.pvr/${name}`);
      done.push({ stored, target, kept });
      await moveFile(disk, stored, target);
    }
  } catch (error) {
    await undoRestore(disk, done.reverse(), draft).catch(() => undefined);
    throw error;
  }
  await draft?.finish();
  await disk.removeFolder(dir);
}

/** A file that was put back: where it was, where it is, and where that is now which was there before. */
interface Restored {
  readonly stored: string;
  readonly target: string;
  readonly kept: string | undefined;
}

/** The half of a backup must not be taken for the whole: the next work would throw the other half away. */
async function undoRestore(disk: Disk, done: readonly Restored[], draft: BackupDraft | undefined): Promise<void> {
  for (const { stored, target, kept } of done) {
    if ((await ifThere(lstat(stored))) === undefined) await moveFile(disk, target, stored);
    // Where the target was but linked, it is there still.
    if (kept !== undefined && (await ifThere(lstat(target))) === undefined) await moveFile(disk, kept, target);
  }
  await draft?.giveUp();
}

/** Not while a checkout is interrupted: its note, and what it overwrote, are all that it can be mended by. */
export async function dropBackups({ paths, disk }: FolderWork): Promise<void> {
  if ((await interrupted(paths)) !== undefined) return;
  await disk.removeFolder(paths.own);
}

/** Removes the folders above a file that went, as long as they are empty. */
export async function removeEmptyFolders(root: string, key: string): Promise<void> {
  let folder = dirname(fileOf(root, key));
  while (relative(root, folder) !== '') {
    try {
      await rmdir(folder);
    } catch {
      return;
    }
    folder = dirname(folder);
  }
}

async function contentsOf(paths: FolderPaths, id: string) {
  const dir = join(paths.own, id);
  const walked = (await isFolder(join(dir, 'files'))) ? await walkFiles(join(dir, 'files'), AbortSignal.timeout(60_000)) : [];
  const names = (await isFolder(join(dir, 'pvr'))) ? await readdir(join(dir, 'pvr')) : [];
  return {
    files: walked.map(({ path }) => path),
    own: ownFiles.filter((name) => names.includes(name)),
    label: labelOf((await ifThere(readOwn(join(dir, 'backup.json'))))?.toString('utf8')),
  };
}

/** The label of a backup that a crash left without one says little. */
function labelOf(text: string | undefined): { readonly at: number; readonly label: string } {
  try {
    const parsed = Label.safeParse(JSON.parse(text ?? ''));
    if (parsed.success) return { at: Math.max(0, Math.trunc(parsed.data.at)), label: parsed.data.label };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { at: 0, label: 'Interrupted work' };
}

/** The id of the newest backup, whatever is in it. */
export async function newestBackup(paths: FolderPaths): Promise<string | undefined> {
  return (await backupNames(paths))[0];
}

/** The newest first. What is a link was not made here, and may lead anywhere. */
async function backupNames({ own }: FolderPaths): Promise<readonly string[]> {
  const entries = (await isFolder(own)) ? await readdir(own, { withFileTypes: true }) : [];
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.filter((name) => /^backup-\d{1,9}$/.test(name)).sort((a, b) => numberOf(b) - numberOf(a));
}

/** Links are not followed. */
async function isFolder(path: string): Promise<boolean> {
  return (await ifThere(lstat(path)))?.isDirectory() === true;
}

function numberOf(name: string): number {
  return Number(name.slice('backup-'.length));
}
