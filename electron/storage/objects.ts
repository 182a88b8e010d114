import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { chmod, copyFile, link, lstat, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TrailbossError } from '../../shared/contract/errors.ts';
import type { StorageUse } from '../../shared/contract/settings.ts';
import { Sha256 } from '../../shared/state/ids.ts';
import { localStorageProblem } from './database.ts';

export interface StoredObject {
  readonly sha: Sha256;
  readonly size: number;
}

/** An object on its way into the store. `abort` may be called at any time, also after a failure. */
export interface ObjectWriter {
  /** Bytes written so far. */
  readonly size: number;
  write(chunk: Uint8Array): Promise<void>;
  finish(expected?: Sha256): Promise<StoredObject>;
  abort(): Promise<void>;
}

/** Objects on this computer's disk: one file each, named by its sha256, written whole or not at all. */
export class ObjectStore {
  readonly #dir: string;
  /** Objects on their way into a draft, with how many hold each. */
  readonly #held = new Map<string, number>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Takes bytes in, and answers with their sha and size. With `expected`, other bytes are BAD_CHECKSUM and are not kept. */
  async put(bytes: AsyncIterable<Uint8Array>, expected?: Sha256): Promise<StoredObject> {
    const writer = await this.begin();
    try {
      for await (const chunk of bytes) await writer.write(chunk);
      return await writer.finish(expected);
    } catch (error) {
      await writer.abort();
      throw error;
    }
  }

  /** Begins an object whose bytes come later; nothing is kept before `finish`. Errors of the disk are LOCAL_STORAGE. */
  async begin(): Promise<ObjectWriter> {
    const part = join(this.#dir, `${randomUUID()}.part`);
    const file = await local(open(part, 'wx', 0o600));
    const hash = createHash('sha256');
    let size = 0;
    let closed: Promise<void> | undefined;
    const close = () => {
      closed ??= file.close();
      return closed;
    };
    return {
      get size() {
        return size;
      },
      write: async (chunk) => {
        hash.update(chunk);
        await local(file.writeFile(chunk));
        size += chunk.byteLength;
      },
      finish: async (expected) => {
        await local(file.sync());
        await local(close());
        const sha = Sha256.parse(hash.digest('hex'));
        if (expected !== undefined && sha !== expected) throw checksumProblem(expected, sha);
        await local(rename(part, join(this.#dir, sha)));
        return { sha, size };
      },
      abort: async () => {
        // What can't be closed or removed now is swept at the next start.
        await close().catch(() => undefined);
        await rm(part, { force: true }).catch(() => undefined);
      },
    };
  }

  /**
   * Takes an object in that is a file on this computer already, without its bytes going through memory. `link` is for files that nobody
   * writes in place, such as those of another store of objects: both are one file then, where the disk can. `clone` is for all others.
   * BAD_CHECKSUM for other bytes, which are not kept.
   */
  async link(sha: Sha256, file: string, how: 'link' | 'clone', signal: AbortSignal): Promise<StoredObject> {
    const part = join(this.#dir, `${randomUUID()}.part`);
    try {
      await local(how === 'link' ? linkOrClone(file, part) : clone(file, part));
      const { size, actual } = await hashed(part, signal);
      if (actual !== sha) throw checksumProblem(sha, actual);
      await local(rename(part, join(this.#dir, sha)));
      return { sha, size };
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof TrailbossError ? error : localStorageProblem(error);
    } finally {
      // It is still there after a failure, and where it was the same file as the one in its place.
      await rm(part, { force: true }).catch(() => undefined);
    }
  }

  /** The object as a file, to be linked and never to be written; undefined when it is not here. */
  async file(sha: Sha256): Promise<string | undefined> {
    return (await this.size(sha)) === undefined ? undefined : join(this.#dir, sha);
  }

  /** Keeps these from being cleaned away until the answer is called: whatever needs them is still being made. */
  hold(shas: Iterable<Sha256>): () => void {
    const held = [...shas];
    for (const sha of held) this.#held.set(sha, (this.#held.get(sha) ?? 0) + 1);
    return () => {
      for (const sha of held.splice(0)) {
        const left = (this.#held.get(sha) ?? 1) - 1;
        if (left === 0) this.#held.delete(sha);
        else this.#held.set(sha, left);
      }
    };
  }

  /** Size in bytes, or undefined when it is not here. */
  async size(sha: Sha256): Promise<number | undefined> {
    try {
      return (await stat(join(this.#dir, sha))).size;
    } catch {
      return undefined;
    }
  }

  read(sha: Sha256, signal: AbortSignal): AsyncIterable<Uint8Array> {
    return createReadStream(join(this.#dir, sha), { signal, highWaterMark: 256 * 1024 });
  }

  /** What is here: all of it, and what nobody refers to. Sizes in bytes. */
  async use(inUse: ReadonlySet<string>): Promise<Pick<StorageUse, 'objects' | 'unused'>> {
    const all = await this.#listed();
    const unused = all.filter((object) => this.#isLeftOver(object, inUse));
    return { objects: total(all), unused: total(unused) };
  }

  /** Removes what nobody refers to while the program runs: what was just taken in may be on its way into a draft. */
  async clean(inUse: ReadonlySet<string>): Promise<number> {
    const unused = (await this.#listed()).filter((object) => this.#isLeftOver(object, inUse));
    for (const { name } of unused) await local(rm(join(this.#dir, name), { force: true }));
    return unused.length;
  }

  #isLeftOver({ name, at }: ListedObject, inUse: ReadonlySet<string>): boolean {
    return !inUse.has(name) && !this.#held.has(name) && Date.now() - at > settlesAfter;
  }

  async #listed(): Promise<readonly ListedObject[]> {
    const names = (await local(readdir(this.#dir))).filter((name) => /^[0-9a-f]{64}$/.test(name));
    const stats = await Promise.all(names.map((name) => stat(join(this.#dir, name)).catch(() => undefined)));
    return names.flatMap((name, index) => {
      const found = stats[index];
      return found === undefined ? [] : [{ name, size: found.size, at: found.mtimeMs }];
    });
  }

  /** Removes what nobody refers to, and what a crash left half-written. */
  async sweep(inUse: ReadonlySet<string>): Promise<number> {
    const names = await local(readdir(this.#dir, { withFileTypes: true }));
    const leftovers = names.filter((entry) => entry.isFile() && !inUse.has(entry.name));
    for (const { name } of leftovers) await local(rm(join(this.#dir, name), { force: true }));
    return leftovers.length;
  }
}

interface ListedObject {
  readonly name: string;
  readonly size: number;
  readonly at: number;
}

/** An object that was taken in this short a while ago is not left over yet, in milliseconds. */
const settlesAfter = 10 * 60_000;

/** What file systems say that can't link these two files: across two of them, or at all. */
const noLink = new Set(['EXDEV', 'EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS']);

/** A link to a file is cloned: linked, it would go on to lead to whatever comes into that place. */
async function linkOrClone(file: string, part: string): Promise<void> {
  if (!(await lstat(file)).isFile()) return await clone(file, part);
  try {
    await link(file, part);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && noLink.has(String(error.code)))) throw error;
    await clone(file, part);
  }
}

/** Shares the blocks with the file where the file system can, and copies them where not. */
async function clone(file: string, part: string): Promise<void> {
  await copyFile(file, part, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  await chmod(part, 0o600);
}

async function hashed(path: string, signal: AbortSignal): Promise<{ readonly size: number; readonly actual: Sha256 }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 1024 * 1024 })) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, actual: Sha256.parse(hash.digest('hex')) };
}

function total(objects: readonly ListedObject[]): { readonly count: number; readonly bytes: number } {
  return { count: objects.length, bytes: objects.reduce((sum, { size }) => sum + size, 0) };
}

async function local<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw localStorageProblem(error);
  }
}

function checksumProblem(expected: Sha256, actual: Sha256): TrailbossError {
  return new TrailbossError('BAD_CHECKSUM', {
    what: `The bytes of object ${expected.slice(0, 8)} are not the ones its name promises.`,
    unchanged: 'They were thrown away.',
    next: 'Try again; if it stays so, the object is damaged where it comes from.',
    raw: `expected ${expected}\nreceived ${actual}`,
  });
}
