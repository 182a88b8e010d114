import { lstat, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Damage, Remotes } from '../../../shared/contract/checkout.ts';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { badState, cancelled, changedMeanwhile, diskProblem, noCheckoutAt } from '../problems.ts';
import type { FolderBackup, FolderMark, FolderReading, FolderUser, PvrFolder, PvrObjects, Step } from '../pvr-folder.ts';
import { addFiles, forgetAdded } from './add.ts';
import { currentBackup, dropBackups, restoreBackup } from './backup.ts';
import { checkObjects } from './check-objects.ts';
import { type CheckOutWish, checkOut } from './check-out.ts';
import { commitFolder } from './commit.ts';
import { type Disk, ifThere, realDisk } from './disk.ts';
import { FileFacts } from './file-facts.ts';
import type { FolderWork } from './folder-work.ts';
import { holderOf, whileLocked } from './lock.ts';
import { mendFolder } from './mend.ts';
import { pvrObjects } from './object-store.ts';
import { folderPaths } from './paths.ts';
import { configOf, currentMark, readPvrFiles } from './pvr-files.ts';
import { replaceCommitted, saveRemotes } from './pvr-writes.ts';
import { objectsFolder, readFolder } from './reading.ts';
import { removeTreeFiles, replaceTreeFiles, treeFile, writeTreeFile } from './tree-files.ts';

/** So long is waited for others where nobody can cancel, in milliseconds. */
const patience = 30_000;

/**
 * A checkout that pvr made. NOT_FOUND where there is neither a `.pvr/json` nor what could be mended to one. What it says is read at each
 * `read`; only what files hold is remembered between two.
 */
export async function openPvrFolder(path: string, disk: Disk = realDisk): Promise<PvrFolder> {
  const given = resolve(path);
  const root = await ifThere(realpath(given)).catch((error: unknown) => {
    throw diskProblem(error, `${given} can't be read`);
  });
  if (root === undefined) throw noCheckoutAt(given);
  const paths = folderPaths(root);
  const files = await Promise.all([paths.json, `${paths.json}.new`].map((file) => ifThere(stat(file))));
  if (!files.some((found) => found?.isFile())) throw noCheckoutAt(given);
  return new Folder(root, disk, objectsFolder(paths, configOf(await readPvrFiles(paths)).objectsDir));
}

class Folder implements PvrFolder {
  readonly root: string;
  readonly objects: PvrObjects;
  readonly #work: FolderWork;
  #objectsDir: string;
  #wrong: readonly Damage[] = [];

  constructor(root: string, disk: Disk, objectsDir: string) {
    const paths = folderPaths(root);
    const facts = new FileFacts();
    this.root = root;
    this.#objectsDir = objectsDir;
    this.objects = pvrObjects(() => this.#objectsDir, disk);
    const read = async (signal: AbortSignal) => {
      const reading = await readFolder(paths, facts, signal);
      this.#objectsDir = reading.objectsDir;
      return reading;
    };
    this.#work = { paths, disk, facts, objects: this.objects, read };
  }

  async read(signal: AbortSignal): Promise<FolderReading> {
    const { mark, committed, working, status, problems, losses, damage, remotes, objectsDir } = await this.#try(
      () => this.#work.read(signal),
      signal,
      "can't be read",
    );
    const known = new Set(damage.map(({ id }) => id));
    const all = [...damage, ...this.#wrong.filter(({ id }) => !known.has(id))];
    return { mark, committed, working, status, problems, losses, damage: all, remotes, objectsDir };
  }

  user(): Promise<FolderUser | undefined> {
    return holderOf(this.#work.paths);
  }

  exclusively<T>(work: () => Promise<T>, signal: AbortSignal, mark?: FolderMark): Promise<T> {
    return whileLocked(this.#work.paths, signal, async () => {
      if (mark !== undefined && (await currentMark(this.#work.paths)) !== mark)
        throw changedMeanwhile(`The checkout in ${this.root}`);
      await this.#refuseLink();
      return await work();
    });
  }

  replaceCommitted(text: string): Promise<void> {
    return this.#write(() => replaceCommitted(this.#work, text));
  }

  checkOut(wish: CheckOutWish, signal: AbortSignal, tell: (step: Step) => void): Promise<void> {
    return this.#write(() => checkOut(this.#work, wish, signal, tell), signal);
  }

  setRemotes(remotes: Partial<Remotes>, only?: 'where-empty'): Promise<void> {
    return this.#write(() => saveRemotes(this.#work, remotes, only));
  }

  add(paths: readonly string[], raw: boolean, signal: AbortSignal): Promise<number> {
    return this.#write(() => addFiles(this.#work, paths, raw, signal), signal);
  }

  forgetAdded(paths: readonly string[]): Promise<void> {
    return this.#write(() => forgetAdded(this.#work, paths));
  }

  commit(message: string, signal: AbortSignal, tell: (step: Step) => void): Promise<string> {
    return this.#write(() => commitFolder(this.#work, message, signal, tell), signal);
  }

  backup(): Promise<FolderBackup | undefined> {
    return currentBackup(this.#work.paths);
  }

  restoreBackup(id: string, instead?: 'kept' | 'given-up'): Promise<void> {
    return this.#write(() => restoreBackup(this.#work, id, instead));
  }

  dropBackup(): Promise<void> {
    return this.#write(() => dropBackups(this.#work));
  }

  mend(ids: readonly string[], signal: AbortSignal, tell: (step: Step) => void): Promise<void> {
    return this.#write(async () => {
      await mendFolder(this.#work, ids, this.#wrong, signal, tell);
      this.#wrong = this.#wrong.filter(({ id }) => !ids.includes(id));
    }, signal);
  }

  async checkObjects(signal: AbortSignal, tell: (step: Step) => void): Promise<readonly Damage[]> {
    this.#wrong = await this.#try(() => checkObjects(this.#work, signal, tell), signal, "can't be read");
    return this.#wrong;
  }

  file(path: string, signal: AbortSignal) {
    return this.#try(() => treeFile(this.#work, path, signal), signal, "can't be read");
  }

  writeFile(path: string, bytes: Uint8Array | string, mark?: string): Promise<string> {
    return this.#write(() => writeTreeFile(this.#work, path, bytes, mark));
  }

  replaceFiles(files: ReadonlyMap<string, string>, label: string): Promise<void> {
    return this.#write(() => replaceTreeFiles(this.#work, files, label));
  }

  removeFiles(paths: readonly string[]): Promise<void> {
    return this.#write(() => removeTreeFiles(this.#work, paths));
  }

  #write<T>(work: () => Promise<T>, signal: AbortSignal = AbortSignal.timeout(patience)): Promise<T> {
    return this.exclusively(() => this.#try(work, signal, 'could not be written'), signal);
  }

  /** Whoever made a checkout may have put a link where Trailboss keeps its own: nothing is written or removed through it. */
  async #refuseLink(): Promise<void> {
    const { own } = this.#work.paths;
    const found = await ifThere(lstat(own));
    if (found === undefined || found.isDirectory()) return;
    throw badState(`${own} is no folder${found.isSymbolicLink() ? ', but a link' : ''}.`, 'Remove it, and try again.');
  }

  /** Errors of the file system become sentences. */
  async #try<T>(work: () => Promise<T>, signal: AbortSignal, what: string): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted && !(error instanceof TrailbossError)) throw cancelled();
      throw diskProblem(error, `${this.root} ${what}`);
    }
  }
}
