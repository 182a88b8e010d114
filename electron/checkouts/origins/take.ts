import { lstat, rm, rmdir } from 'node:fs/promises';
import type { Parts, PartsPlan } from '../../../shared/contract/checkout.ts';
import { checkedOutJson } from '../../../shared/pvr/checked-out.ts';
import { readParts, type Taken, takeParts } from '../../../shared/pvr/parts.ts';
import { objectSha, parsePristine } from '../../../shared/pvr/pristine.ts';
import { removeEmptyFolders } from '../folder/backup.ts';
import { ifThere } from '../folder/disk.ts';
import { shaOfBytes, shaOfFile } from '../folder/file-facts.ts';
import { fileOf, folderPaths } from '../folder/paths.ts';
import { isBehindLink } from '../folder/real-folder.ts';
import { badState } from '../problems.ts';
import type { FolderReading, PvrFolder } from '../pvr-folder.ts';
import type { Progress } from '../work-news.ts';
import { bringObjects } from './bring-objects.ts';
import { anyOf, type Nearby } from './nearby.ts';
import { joinedFragment, type Origin, referenceOf } from './origin.ts';
import { checkedState, readState } from './read-state.ts';
import { takeRemotes } from './remotes.ts';
import { folderSink } from './sinks.ts';

export interface TakeInto {
  readonly folder: PvrFolder;
  readonly origin: Origin;
  readonly parts: Parts;
  readonly mode: 'get' | 'merge';
}

/** What taking parts would make of the committed state. Reads the origin's state and fetches nothing else. */
export async function planParts(wish: TakeInto, signal: AbortSignal): Promise<PartsPlan> {
  const { reading, before, taken, changed } = await prepare(wish, signal);
  const sizes = await Promise.all([...taken.objects.keys()].map((sha) => wish.folder.objects.size(sha)));
  return {
    before,
    after: taken.text,
    objects: sizes.filter((size) => size === undefined).length,
    remarks: [...taken.remarks],
    overwrites: [...overwritten(reading, taken, changed)],
  };
}

/**
 * Takes parts as `pvr get` or `pvr merge` does, and checks out what they changed: first the objects, all of them and checked, then the
 * committed state, then the files. Edits of other files stay; what is overwritten goes into the backup. CONFLICT when somebody committed
 * meanwhile. Answers with how many entries are different now.
 */
export async function takeInto(wish: TakeInto, nearby: Nearby, tell: Progress, signal: AbortSignal): Promise<number> {
  const { folder, origin, mode } = wish;
  tell({ text: `Asking ${origin.label} for its state` });
  const { reading, before, taken, changed, fragment } = await prepare(wish, signal);
  await bringObjects(
    {
      wanted: taken.objects.keys(),
      from: (sha, stop) => origin.object(sha, stop),
      nearby: anyOf(async (sha, stop) => origin.objectFile?.(sha, stop), nearby),
      sink: folderSink(folder.objects),
      text: `Getting the objects from ${origin.label}`,
    },
    tell,
    signal,
  );
  const label = `${mode === 'get' ? 'Got from' : 'Merged from'} ${origin.label}`;
  await folder.exclusively(
    async () => {
      const earlier = (await folder.backup())?.id;
      const absent = await absentIn(folder.root, changed);
      try {
        await folder.checkOut({ keys: changed, remove: taken.gone, label, committed: taken.text }, signal, tell);
      } catch (error) {
        // Where the disk does not let it, the checkout has a note of what was begun, and can be mended.
        await putBack(folder, { before, absent, taken, earlier }).catch(() => undefined);
        throw error;
      }
      await takeRemotes(folder, referenceOf(origin, fragment));
    },
    signal,
    reading.mark,
  );
  return changed.length + taken.gone.length;
}

/** After a failure or a cancel in the middle of the files: all is as it was, for nobody could tell the half of it from edits. */
async function putBack(
  folder: PvrFolder,
  {
    before,
    absent,
    taken,
    earlier,
  }: Pick<Prepared, 'before' | 'taken'> & { readonly absent: readonly string[]; readonly earlier: string | undefined },
): Promise<void> {
  const after = membersIn(taken.text);
  for (const key of absent) {
    if (!(await isAsTaken(folder.root, key, after.get(key)))) continue;
    await rm(fileOf(folder.root, key), { force: true });
    await removeEmptyFolders(folder.root, key);
  }
  const backup = await folder.backup();
  const isOurs = backup !== undefined && backup.id !== earlier;
  if (isOurs) await folder.restoreBackup(backup.id, 'given-up');
  await folder.replaceCommitted(before);
  const { journal, own } = folderPaths(folder.root);
  await rm(journal, { force: true });
  // Where earlier work left nothing in it.
  await rmdir(own).catch(() => undefined);
}

/** Those whose file is not there, so that what will be there is what was taken. What is behind a link is not looked at. */
async function absentIn(root: string, keys: readonly string[]): Promise<readonly string[]> {
  const absent: string[] = [];
  for (const key of keys) if ((await ifThere(lstat(fileOf(root, key)))) === undefined) absent.push(key);
  return absent;
}

/** Whether a file has the bytes that were taken: anything else is somebody's own. */
async function isAsTaken(root: string, key: string, raw: string | undefined): Promise<boolean> {
  if (raw === undefined || (await isBehindLink(root, key))) return false;
  const file = fileOf(root, key);
  if ((await ifThere(lstat(file)))?.isFile() !== true) return false;
  return (await shaOfFile(file, AbortSignal.timeout(60_000))) === (objectSha(raw) ?? shaOfBytes(checkedOutJson(raw)));
}

interface Prepared {
  readonly reading: FolderReading;
  readonly before: string;
  readonly taken: Taken;
  /** Entries that are new or have another value. */
  readonly changed: readonly string[];
  readonly fragment: string;
}

async function prepare({ folder, origin, parts, mode }: TakeInto, signal: AbortSignal): Promise<Prepared> {
  const reading = await folder.read(signal);
  const before = reading.committed;
  if (before === undefined) throw badState(`What is committed in ${folder.root} can’t be read.`, 'Mend the checkout first.');
  const remote = await readState(origin, signal);
  const fragment = joinedFragment(origin.fragment, parts.fragment);
  const taken = takeParts(before, remote.text, { ...readParts(fragment), mode, exactCli: parts.exactCli });
  const { members } = checkedState(taken.text, origin.label);
  const old = membersIn(before);
  const changed = [...members].filter(([key, raw]) => key !== '#spec' && old.get(key) !== raw).map(([key]) => key);
  return { reading, before, taken, changed, fragment };
}

/** Files with edits that are among those to be written or removed, unless they hold already what would be written. */
function overwritten(reading: FolderReading, taken: Taken, changed: readonly string[]): readonly string[] {
  const after = membersIn(taken.text);
  const working = membersIn(reading.working ?? '{}');
  const written = new Set([...changed, ...taken.gone]);
  return reading.status
    .filter(({ path }) => written.has(path) && (working.get(path) === undefined || working.get(path) !== after.get(path)))
    .map(({ path }) => path);
}

function membersIn(text: string): ReadonlyMap<string, string> {
  const parsed = parsePristine(text);
  return parsed.ok ? parsed.pristine.members : new Map();
}
