import { join } from 'node:path';
import type { Damage } from '../../../shared/contract/checkout.ts';
import { emptyConfig, formatConfig } from '../../../shared/pvr/config.ts';
import { objectsOf } from '../../../shared/pvr/pristine.ts';
import { badInput } from '../problems.ts';
import type { Step } from '../pvr-folder.ts';
import { BackupDraft, newestBackup } from './backup.ts';
import { checkOut } from './check-out.ts';
import { ifThere, replaceFile } from './disk.ts';
import type { FolderWork } from './folder-work.ts';
import { interrupted } from './journal.ts';
import { fileOf } from './paths.ts';

/** What must be mended before what: the state before what is found by it. */
const order: readonly Damage['kind'][] = [
  'unfinished-commit',
  'bad-pristine',
  'bad-config',
  'missing-config',
  'bad-new',
  'missing-object',
  'wrong-object',
  'interrupted-checkout',
  'leftover-file',
];

/** Mends damage by its ids. BAD_INPUT for what can't be mended, or is not there any more. */
export async function mendFolder(
  work: FolderWork,
  ids: readonly string[],
  alsoKnown: readonly Damage[],
  signal: AbortSignal,
  tell: (step: Step) => void,
): Promise<void> {
  const damage = [...(await work.read(signal)).damage, ...alsoKnown];
  const chosen = ids.map((id) => {
    const found = damage.find((one) => one.id === id);
    if (found?.mend === undefined)
      throw badInput("This can't be mended from here, or is not there any more.", 'Look at the list again.');
    return found;
  });
  chosen.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const noted = chosen.find(({ id }) => id === 'noted-checkout');
  if (noted !== undefined) await mendNoted(work, signal, tell);
  // What interrupted work overwrote is in the last backup, and stays.
  const backup = new BackupDraft(work, 'Mended', await newestBackup(work.paths));
  const others = chosen.filter((one) => one !== noted);
  try {
    for (const [done, one] of others.entries()) {
      signal.throwIfAborted();
      tell({ text: one.path, objects: { done, total: others.length } });
      await mendOne(work, one, backup, signal, tell);
    }
  } finally {
    await backup.finish();
  }
}

/** Goes on with a checkout that a crash ended, in the backup that it began. */
async function mendNoted(work: FolderWork, signal: AbortSignal, tell: (step: Step) => void): Promise<void> {
  const noted = await interrupted(work.paths);
  if (noted === undefined) return;
  const { keys, remove, label, earlier } = noted;
  const newest = await newestBackup(work.paths);
  const goesOn = newest === earlier ? undefined : newest;
  await checkOut(work, { ...(keys && { keys }), remove, label, goesOn }, signal, tell);
}

async function mendOne(
  work: FolderWork,
  { kind, path, id }: Damage,
  backup: BackupDraft,
  signal: AbortSignal,
  tell: (step: Step) => void,
): Promise<void> {
  const { paths, disk } = work;
  switch (kind) {
    case 'unfinished-commit':
      await backup.move('.pvr/json');
      return await disk.rename(join(paths.pvr, 'json.new'), paths.json);
    case 'bad-config':
    case 'missing-config':
      await backup.move('.pvr/config');
      return await replaceFile(disk, paths.config, formatConfig(emptyConfig), join(paths.pvr, 'config.new'));
    case 'bad-new':
    case 'leftover-file':
      await backup.move(path);
      return;
    case 'missing-object':
    case 'wrong-object':
      return await mendObject(work, id.slice('object:'.length), signal);
    case 'interrupted-checkout':
      return await mendCheckout(work, backup, signal, tell);
    case 'bad-pristine':
      return;
  }
}

/** From a file of the tree that still has those bytes; which of them it was is found again, for it may have changed. */
async function mendObject({ read, objects, paths, disk }: FolderWork, sha: string, signal: AbortSignal): Promise<void> {
  const { pristine, status } = await read(signal);
  const changed = new Set(status.map((line) => line.path));
  const found = pristine === undefined ? [] : [...objectsOf(pristine)].filter(([one]) => one === sha);
  for (const [name, keys] of found) {
    const source = keys.find((key) => !changed.has(key));
    if (source === undefined) continue;
    await keepDamaged(objects.path(name), disk);
    return await objects.clone(name, fileOf(paths.root, source), signal);
  }
  throw badInput(
    'No file of the tree has the bytes of this object any more.',
    'Get it from the device or the export that it came from.',
  );
}

async function keepDamaged(path: string, disk: FolderWork['disk']): Promise<void> {
  await ifThere(disk.rename(path, `${path}.damaged`));
}

async function mendCheckout(
  work: FolderWork,
  backup: BackupDraft,
  signal: AbortSignal,
  tell: (step: Step) => void,
): Promise<void> {
  const { status, walked } = await work.read(signal);
  const missing = status.filter(({ letter }) => letter === 'D').map((line) => line.path);
  const leftovers = new Set(missing.map((path) => `${path}.new`));
  for (const { path } of walked) if (leftovers.has(path)) await backup.move(path);
  await checkOut(work, { keys: missing, label: 'Mended' }, signal, tell);
}
