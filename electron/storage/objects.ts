import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { parseSha256, type Sha256 } from '../../shared/state/ids.ts';
import { localStorageProblem } from './database.ts';

/** Objects on this computer's disk: one file each, named by its sha256, written whole or not at all. */
export class ObjectStore {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Takes bytes in, and answers with their sha and size. With `expected`, other bytes are BAD_CHECKSUM and are not kept. */
  async put(bytes: AsyncIterable<Uint8Array>, expected?: Sha256): Promise<{ readonly sha: Sha256; readonly size: number }> {
    const part = join(this.#dir, `${randomUUID()}.part`);
    try {
      const { sha, size } = await this.#write(part, bytes);
      if (expected !== undefined && sha !== expected) throw checksumProblem(expected, sha);
      await rename(part, join(this.#dir, sha));
      return { sha, size };
    } catch (error) {
      await rm(part, { force: true });
      throw isFileSystemError(error) ? localStorageProblem(error) : error;
    }
  }

  async #write(path: string, bytes: AsyncIterable<Uint8Array>) {
    const file = await open(path, 'wx', 0o600);
    try {
      const hash = createHash('sha256');
      let size = 0;
      for await (const chunk of bytes) {
        hash.update(chunk);
        size += chunk.byteLength;
        await file.writeFile(chunk);
      }
      await file.sync();
      const sha = parseSha256(hash.digest('hex'));
      if (!sha) throw new Error('sha256 gave no sha256');
      return { sha, size };
    } finally {
      await file.close();
    }
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

  /** Removes what nobody refers to, and what a crash left half-written. */
  async sweep(inUse: ReadonlySet<string>): Promise<number> {
    const leftovers = (await readdir(this.#dir)).filter((name) => !inUse.has(name));
    await Promise.all(leftovers.map((name) => rm(join(this.#dir, name), { force: true })));
    return leftovers.length;
  }
}

function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function checksumProblem(expected: Sha256, actual: Sha256): TrailbossError {
  return new TrailbossError('BAD_CHECKSUM', {
    what: `The bytes of object ${expected.slice(0, 8)} are not the ones its name promises.`,
    unchanged: 'They were thrown away.',
    next: 'Try again; if it stays so, the object is damaged where it comes from.',
    raw: `expected ${expected}\nreceived ${actual}`,
  });
}
