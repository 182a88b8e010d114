import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Damage } from '../../../shared/contract/checkout.ts';
import { checkedOutJson } from '../../../shared/pvr/checked-out.ts';
import { objectSha, type Pristine } from '../../../shared/pvr/pristine.ts';
import { ifThere } from './disk.ts';
import { type FolderPaths, fileOf } from './paths.ts';
import type { WalkedFile } from './walk.ts';

/** Temporary files of pvr's in `.pvr` (repolib.go). */
const pvrLeftovers = new Set(['json.new', 'config.new', 'new.XXX', 'commitmsg.new']);

const ending = '.new';

/** So much of a file is compared, in bytes. */
const compared = 65_536;

interface Searched {
  readonly paths: FolderPaths;
  readonly pristine: Pristine | undefined;
  readonly walked: readonly WalkedFile[];
  readonly objectsDir: string;
}

/**
 * Temporary files of pvr's own; `json.new` of an unfinished commit is told of there. In the tree only those beside a tracked file that begin
 * as what is committed of it: pvr writes each file there first, and then moves it (repolib.go, resetInternal). Any other file of such a name
 * is somebody's own.
 */
export async function leftovers(searched: Searched, inPvr: readonly string[]): Promise<readonly Damage[]> {
  const { pristine, walked } = searched;
  const own = inPvr
    .filter((name) => pvrLeftovers.has(name) && !(name === 'json.new' && pristine === undefined))
    .map((name) => leftover(`.pvr/${name}`, 'A temporary file of pvr: what wrote it was interrupted.'));
  const named = walked.filter(({ path }) => path.endsWith(ending) && pristine?.members.has(path) === false);
  const inTree: Damage[] = [];
  for (const { path, size } of named)
    if (await isBegun(searched, path, size))
      inTree.push(leftover(path, 'It is the beginning of what is committed, as an interrupted checkout by pvr leaves it.'));
  return [...own, ...inTree];
}

function leftover(path: string, text: string): Damage {
  return { id: `leftover:${path}`, kind: 'leftover-file', path, text, mend: 'Moves it into the backup.' };
}

async function isBegun({ paths, pristine, objectsDir }: Searched, path: string, size: number): Promise<boolean> {
  const raw = pristine?.members.get(path.slice(0, -ending.length));
  if (raw === undefined) return false;
  const sha = objectSha(raw);
  const wanted =
    sha === undefined ? Buffer.from(checkedOutJson(raw)).subarray(0, compared) : await beginning(join(objectsDir, sha), compared);
  const written = await beginning(fileOf(paths.root, path), compared);
  if (wanted === undefined || written === undefined || (wanted.length < compared && size > wanted.length)) return false;
  return wanted.subarray(0, written.length).equals(written);
}

/** Undefined for what is not there, or no file. */
async function beginning(path: string, length: number): Promise<Buffer | undefined> {
  const file = await ifThere(open(path, 'r'));
  if (file === undefined) return undefined;
  try {
    if (!(await file.stat()).isFile()) return undefined;
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await file.read(buffer, 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
