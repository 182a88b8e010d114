import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { objectSha, parsePristine } from '../../../shared/pvr/pristine.ts';
import type { Sha256 } from '../../../shared/state/ids.ts';
import { badState, missingObject, wrongSha } from '../problems.ts';
import type { StateFeed } from '../pvr-folder.ts';
import { checkedBytes } from './checked-bytes.ts';
import { ifThere } from './disk.ts';
import { openPvrFolder } from './folder.ts';
import { fileOf } from './paths.ts';

/**
 * The state of a checkout with its objects: what is committed, or the working tree as it is now. `path` is the checkout's root, or its
 * `.pvr` folder as pvr takes it. NOT_FOUND where there is none; BAD_STATE where it can't be read.
 */
export async function openFolderFeed(path: string, which: 'commit' | 'working'): Promise<StateFeed> {
  const given = resolve(path);
  const root = basename(given) === '.pvr' ? dirname(given) : given;
  const folder = await openPvrFolder(root);
  let files: ReadonlyMap<Sha256, string> = new Map();
  const objectFile = async (sha: Sha256) => {
    if ((await folder.objects.size(sha)) !== undefined) return folder.objects.path(sha);
    const file = files.get(sha);
    return file !== undefined && (await ifThere(stat(file)))?.isFile() ? file : undefined;
  };
  return {
    label: root,
    reference: join(root, '.pvr'),
    state: async (signal) => {
      const reading = await folder.read(signal);
      const text = which === 'commit' ? reading.committed : reading.working;
      if (text === undefined) {
        const [problem] = reading.problems;
        throw badState(
          `The ${which === 'commit' ? 'committed' : 'working'} state of ${root} can't be read.`,
          problem ? `${problem.path}: ${problem.text}` : 'Open the checkout, and mend it.',
        );
      }
      if (which === 'working') files = workingObjects(folder.root, text);
      return text;
    },
    object: async function* (sha, signal) {
      const file = await objectFile(sha);
      if (file === undefined) throw missingObject(sha, root);
      yield* checkedBytes(createReadStream(file, { signal, highWaterMark: 256 * 1024 }), sha, (actual) =>
        wrongSha(sha, actual, root),
      );
    },
    objectFile,
  };
}

/** The tree's files by the sha that they have in its state. */
function workingObjects(root: string, text: string): ReadonlyMap<Sha256, string> {
  const parsed = parsePristine(text);
  if (!parsed.ok) return new Map();
  const files = new Map<Sha256, string>();
  for (const [key, raw] of parsed.pristine.members) {
    const sha = objectSha(raw);
    if (sha !== undefined && key !== '#spec') files.set(sha, fileOf(root, key));
  }
  return files;
}
