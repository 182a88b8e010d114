import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, link, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Every way in which a checkout is changed: one interface, so that a test can let any step of it fail. */
export interface Disk {
  /** Makes a folder and those above it (0755). */
  folder(path: string): Promise<void>;
  /** Writes a new file whole. It must not be there. */
  write(path: string, bytes: Uint8Array | string): Promise<void>;
  /** A file's bytes are on the disk when this has ended, so that a power cut can't take them. */
  settle(path: string): Promise<void>;
  /** Clones the blocks where the file system can, and copies where not. The target must not be there. */
  copy(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  link(from: string, to: string): Promise<void>;
  mode(path: string, mode: number): Promise<void>;
  /** Also when it is not there. */
  remove(path: string): Promise<void>;
  removeFolder(path: string): Promise<void>;
}

export const realDisk: Disk = {
  folder: async (path) => {
    await mkdir(path, { recursive: true, mode: 0o755 });
  },
  write: (path, bytes) => writeFile(path, bytes, { flag: 'wx', mode: 0o644 }),
  settle: async (path) => {
    const file = await open(path, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  },
  copy: (from, to) => copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL),
  rename,
  link,
  mode: chmod,
  remove: (path) => rm(path, { force: true }),
  removeFolder: (path) => rm(path, { force: true, recursive: true }),
};

/** Puts bytes in a file's place: under `temporary` first, then by rename. A leftover under that name goes. */
export async function replaceFile(disk: Disk, path: string, bytes: Uint8Array | string, temporary: string): Promise<void> {
  await disk.remove(temporary);
  await disk.write(temporary, bytes);
  await disk.settle(temporary);
  await disk.rename(temporary, path);
}

/** pvr writes nothing near this into `.pvr`, in bytes. */
const largestOwn = 128 * 1024 * 1024;

/**
 * A file of `.pvr` at one go. What is no file fails at once with EINVAL, and one that nobody writes with EFBIG: a pipe in its place would
 * be waited for for ever, a device read without end.
 */
export async function readOwn(path: string): Promise<Buffer> {
  const found = await stat(path);
  if (!found.isFile()) throw noFile(path, found.isDirectory());
  if (found.size > largestOwn) throw Object.assign(new Error(`${path} is too large`), { code: 'EFBIG' });
  return await readFile(path);
}

/** What opening it would say, or never say. */
export function noFile(path: string, isFolder: boolean): Error {
  return Object.assign(new Error(`${path} is no file`), { code: isFolder ? 'EISDIR' : 'EINVAL' });
}

/** Renames a file; where the other place is on another file system (a folder of the tree may be), by way of a copy beside it. */
export async function moveFile(disk: Disk, from: string, to: string): Promise<void> {
  try {
    await disk.rename(from, to);
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error;
    const beside = join(dirname(to), `.${randomUUID()}.new`);
    try {
      await disk.copy(from, beside);
      await disk.rename(beside, to);
    } catch (failure) {
      await disk.remove(beside).catch(() => undefined);
      throw failure;
    }
    await disk.remove(from);
  }
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What was asked for, or undefined where there is no such file. */
export async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
