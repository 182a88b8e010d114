import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareCodePoints } from '../../../shared/state/canonical.ts';
import { ifThere } from './disk.ts';

export interface WalkedFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly kind: 'file' | 'link' | 'other';
  /** In bytes. */
  readonly size: number;
}

/** So many files are looked at at once. */
const atOnce = 64;

/** A tree deeper than this is no checkout, and a file system that loops must end. */
const deepest = 200;

/**
 * The files of a checkout in the order in which pvr meets them (Go's filepath.Walk: the names of each folder sorted by their bytes;
 * links are not followed). `.pvr` and `.pv` are left out; so are folders that can't be read.
 */
export async function walkFiles(root: string, signal: AbortSignal): Promise<readonly WalkedFile[]> {
  const files: WalkedFile[] = [];
  await walk(root, '', 0, files, signal);
  return files;
}

async function walk(root: string, folder: string, depth: number, files: WalkedFile[], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const names = await readdir(join(root, folder)).catch((error: unknown) => {
    if (folder === '') throw error;
    return [];
  });
  if (folder === '') names.splice(0, names.length, ...names.filter((name) => name !== '.pvr' && name !== '.pv'));
  names.sort(compareCodePoints);
  for (let from = 0; from < names.length; from += atOnce) {
    const some = names.slice(from, from + atOnce);
    const stats = await Promise.all(some.map((name) => ifThere(lstat(join(root, folder, name)))));
    for (const [at, name] of some.entries()) {
      const found = stats[at];
      const path = folder === '' ? name : `${folder}/${name}`;
      if (found === undefined) continue;
      if (found.isDirectory()) {
        if (depth < deepest) await walk(root, path, depth + 1, files, signal);
      } else {
        files.push({ path, kind: found.isFile() ? 'file' : found.isSymbolicLink() ? 'link' : 'other', size: found.size });
      }
    }
  }
}
