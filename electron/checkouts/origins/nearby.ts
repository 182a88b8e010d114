import { basename, relative, sep } from 'node:path';
import type { Sha256 } from '../../../shared/state/ids.ts';

/** Where an object may be as a file on this computer. */
export type Nearby = (sha: Sha256, signal: AbortSignal) => Promise<string | undefined>;

/** A file that nobody writes in place is one of a store of objects: those are named by their sha. */
export function howToTake(file: string, sha: Sha256): 'link' | 'clone' {
  return basename(file) === sha ? 'link' : 'clone';
}

/** Without the files of a tree that are called as their object is: they may be written in place nevertheless. Its `.pvr` is none of it. */
export function notOfTree(root: string, place: Nearby): Nearby {
  return async (sha, signal) => {
    const file = await place(sha, signal);
    if (file === undefined || howToTake(file, sha) === 'clone') return file;
    const [first] = relative(root, file).split(sep);
    return first === '..' || first === '.pvr' ? file : undefined;
  };
}

/** The first of these that has it. */
export function anyOf(...places: readonly Nearby[]): Nearby {
  return async (sha, signal) => {
    for (const place of places) {
      const file = await place(sha, signal);
      if (file !== undefined) return file;
    }
    return undefined;
  };
}
