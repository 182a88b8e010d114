import { join } from 'node:path';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { unsafeKey } from '../../../shared/pvr/key-safety.ts';
import { formatNewFiles, type NewFile } from '../../../shared/pvr/new-files.ts';
import { isTracked } from '../../../shared/pvr/working.ts';
import type { Sha256 } from '../../../shared/state/ids.ts';
import { badInput, badState } from '../problems.ts';
import { errorCode, replaceFile } from './disk.ts';
import type { FolderWork } from './folder-work.ts';
import { inParallel } from './in-parallel.ts';
import { fileOf } from './paths.ts';
import { readPvrFiles } from './pvr-files.ts';
import { type WalkedFile, walkFiles } from './walk.ts';

/** So many files are read at once. */
const atOnce = 8;

/** Begins to track files (AddFile): by their paths, or all that are untracked. Says how many. */
export async function addFiles(
  { paths, disk, facts }: FolderWork,
  wanted: readonly string[],
  raw: boolean,
  signal: AbortSignal,
): Promise<number> {
  const files = await readPvrFiles(paths);
  if (!files.json?.ok || files.newFiles?.ok === false) {
    throw badState(`Nothing can be added to ${paths.root}: it is damaged.`, 'Mend the checkout first.');
  }
  const known = files.newFiles?.files ?? new Map<string, NewFile>();
  const walked = await walkFiles(paths.root, signal);
  const { pristine } = files.json;
  const chosen =
    wanted.length === 0
      ? walked.filter(({ path }) => !isTracked(path, pristine, known) && skipped(path) === undefined)
      : chosenFiles(walked, wanted);
  const added = new Map(known);
  await inParallel(chosen, atOnce, signal, async ({ path }) => {
    const sha = await shaOf(() => facts.sha(fileOf(paths.root, path), signal));
    if (sha !== undefined) added.set(path, { forceObject: raw, sha });
    else if (wanted.length > 0) throw badInput(`${path} can't be added: it is no file that can be read.`, 'Choose a file.');
  });
  await replaceFile(disk, paths.newFiles, formatNewFiles(added), join(paths.pvr, 'new.XXX'));
  return added.size - known.size;
}

/** Takes back that files were added, as far as they still are: the files themselves stay as they are. */
export async function forgetAdded({ paths, disk }: FolderWork, wanted: readonly string[]): Promise<void> {
  const { newFiles } = await readPvrFiles(paths);
  if (!newFiles?.ok) return;
  const gone = new Set(wanted);
  const kept = new Map([...newFiles.files].filter(([path]) => !gone.has(path)));
  if (kept.size === 0) await disk.remove(paths.newFiles);
  else await replaceFile(disk, paths.newFiles, formatNewFiles(kept), join(paths.pvr, 'new.XXX'));
}

function chosenFiles(walked: readonly WalkedFile[], wanted: readonly string[]): readonly WalkedFile[] {
  const byPath = new Map(walked.map((file) => [file.path, file]));
  return wanted.map((path) => {
    const problem = unsafeKey(path) ?? skipped(path);
    if (problem !== undefined) throw badInput(problem, 'Choose another file.');
    const file = byPath.get(path);
    if (file !== undefined) return file;
    if (walked.some((other) => other.path.startsWith(`${path}/`)))
      throw badInput(`${path} is a folder: only files are tracked.`, 'Choose the files in it.');
    throw new TrailbossError('NOT_FOUND', {
      what: `There is no file ${path}.`,
      unchanged: 'Nothing was added.',
      next: 'Look at the list again.',
    });
  });
}

/** pvr leaves out every path that begins with `.pvr` or `.pv`, as text: nothing of that can ever be tracked. */
function skipped(path: string): string | undefined {
  return path.startsWith('.pv') ? `${path} can't be tracked: pvr leaves out every name that begins with ".pv".` : undefined;
}

/** Undefined for a link to nowhere or to a folder, which pvr passes over too. */
async function shaOf(read: () => Promise<Sha256>): Promise<Sha256 | undefined> {
  try {
    return await read();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
