import { createHash, randomUUID } from 'node:crypto';
import { lstat, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Sha256 } from '../../../shared/state/ids.ts';
import { diskProblem, wrongSha } from '../problems.ts';
import type { PvrObjects } from '../pvr-folder.ts';
import { type Disk, errorCode, ifThere } from './disk.ts';
import { shaOfFile } from './file-facts.ts';

/** Links that a file system does not do: across two of them, or at all. */
const noLink = new Set(['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS']);

/**
 * A folder of objects, flat, each by its sha256 (pvr.md §1). Objects come in under a name of their own beside pvr's `<sha>.new`, so that a
 * `pvr` that writes the same one at the same time does no harm, and take their place whole or not at all.
 */
export function pvrObjects(where: () => string, disk: Disk): PvrObjects {
  const place = (sha: Sha256) => join(where(), sha);
  /** Lets `fill` write a temporary file, whose bytes must then be those of `sha`. */
  const bring = async (sha: Sha256, fill: (temporary: string) => Promise<Sha256>): Promise<void> => {
    const dir = where();
    await disk.folder(dir);
    const temporary = join(dir, `${sha}.${randomUUID().slice(0, 8)}.new`);
    try {
      const actual = await fill(temporary);
      if (actual !== sha) throw wrongSha(sha, actual, 'what was read');
      await disk.rename(temporary, place(sha));
    } catch (error) {
      await disk.remove(temporary).catch(() => undefined);
      throw diskProblem(error, `The object ${sha.slice(0, 8)} could not be written to ${dir}`);
    }
  };
  return {
    path: place,
    size: async (sha) => {
      const found = await ifThere(stat(place(sha)));
      return found?.isFile() ? found.size : undefined;
    },
    take: (sha, bytes, signal) => bring(sha, (temporary) => written(temporary, bytes, signal)),
    link: async (sha, file, signal) => {
      if ((await ifThere(stat(place(sha))))?.isFile()) return;
      await bring(sha, async (temporary) => {
        try {
          // Linked, a link would go on to lead to whatever comes into that place.
          if (!(await lstat(file)).isFile()) throw Object.assign(new Error('a link'), { code: 'EPERM' });
          await disk.link(file, temporary);
        } catch (error) {
          if (!noLink.has(errorCode(error) ?? '')) throw error;
          await disk.copy(file, temporary);
        }
        return shaOfFile(temporary, signal);
      });
    },
    clone: (sha, file, signal) =>
      bring(sha, async (temporary) => {
        await disk.copy(file, temporary);
        await disk.mode(temporary, 0o644);
        return shaOfFile(temporary, signal);
      }),
  };
}

/** Writes bytes to a new file, and says their sha256. */
async function written(path: string, bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Sha256> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o644);
  try {
    for await (const chunk of bytes) {
      signal.throwIfAborted();
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  return Sha256.parse(hash.digest('hex'));
}
