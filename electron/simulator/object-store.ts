/** The objects of one simulated device: files named by their sha256. */
import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

export type StoredObject = { readonly sha256: string; readonly bytes: number };

export interface ObjectStore {
  /** Where an object's file is on the machine that simulates. */
  path(sha: string): string;
  /** Sorted by name. */
  list(): readonly StoredObject[];
  has(sha: string): boolean;
  /** Bytes, or undefined where there is no such object. */
  size(sha: string): number | undefined;
  /** The bytes; the file is opened once they are asked for. */
  read(sha: string): AsyncIterable<Uint8Array>;
  /** Takes in bytes under a name. `bad-checksum` leaves nothing behind; so does a stream that breaks, which throws. */
  put(sha: string, bytes: AsyncIterable<Uint8Array>): Promise<'stored' | 'bad-checksum'>;
  /** Takes in a file that is known to be right, by moving it. */
  adopt(sha: string, file: string): void;
  /** Whether the bytes on disk match their name; false as well where there is no such object. */
  matches(sha: string): boolean;
  remove(sha: string): void;
}

/** What an object may be called (ctrl_objects_ep.c looks at no more). */
export function isObjectName(name: string): boolean {
  return /^[0-9a-fA-F]{64}$/.test(name);
}

/** @param dir the objects' folder; `uploads` beside it is emptied, as a device forgets half an upload. */
export function openObjectStore(dir: string): ObjectStore {
  const uploads = join(dir, '..', 'uploads');
  rmSync(uploads, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  mkdirSync(uploads, { recursive: true });
  const path = (sha: string): string => join(dir, sha);
  const verified = new Map<string, string>();

  function stamp(sha: string): string | undefined {
    const found = statSync(path(sha), { throwIfNoEntry: false });
    return found ? `${found.size} ${found.mtimeMs} ${found.ino}` : undefined;
  }

  function trust(sha: string): void {
    const now = stamp(sha);
    if (now) verified.set(sha, now);
  }

  return {
    path,
    list: () =>
      readdirSync(dir)
        .sort()
        .map((sha256) => ({ sha256, bytes: statSync(path(sha256)).size })),
    has: (sha) => existsSync(path(sha)),
    size: (sha) => statSync(path(sha), { throwIfNoEntry: false })?.size,
    async *read(sha) {
      yield* createReadStream(path(sha));
    },
    async put(sha, bytes) {
      const part = join(uploads, randomUUID());
      const found = await receive(part, bytes);
      if (found !== sha) {
        rmSync(part, { force: true });
        return 'bad-checksum';
      }
      renameSync(part, path(sha));
      trust(sha);
      return 'stored';
    },
    adopt(sha, file) {
      renameSync(file, path(sha));
      trust(sha);
    },
    matches(sha) {
      const now = stamp(sha);
      if (now === undefined) return false;
      if (verified.get(sha) === now) return true;
      const good = hashOfFile(path(sha)) === sha;
      if (good) verified.set(sha, now);
      return good;
    },
    remove: (sha) => rmSync(path(sha), { force: true }),
  };
}

/** Writes a stream to a file and gives its sha256 (hex); a stream that breaks leaves no file. */
async function receive(file: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(file, 'w');
  try {
    for await (const chunk of bytes) {
      hash.update(chunk);
      await handle.write(chunk);
    }
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

function hashOfFile(file: string): string {
  const hash = createHash('sha256');
  const handle = openSync(file, 'r');
  const buffer = Buffer.alloc(1 << 20);
  try {
    for (let read = readSync(handle, buffer); read > 0; read = readSync(handle, buffer)) hash.update(buffer.subarray(0, read));
  } finally {
    closeSync(handle);
  }
  return hash.digest('hex');
}
