import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { unsafeKeys } from '../../../shared/pvr/key-safety.ts';
import { objectsOf, type Pristine, parsePristine } from '../../../shared/pvr/pristine.ts';
import type { Sha256 } from '../../../shared/state/ids.ts';
import { badState, diskProblem } from '../problems.ts';
import type { PvrFolder, Step } from '../pvr-folder.ts';
import { badExport, exportEntries } from './export-entries.ts';
import { Allowance } from './free-space.ts';

/**
 * Takes an export's state for the committed one as `pvr import` does, and checks it out. Its objects come into the object folder, each
 * checked; those that the state does not name are left. Nothing is taken over before all of it was read: NOT_FOUND when an object is
 * neither in it nor here.
 */
export async function importInto(
  folder: PvrFolder,
  path: string,
  signal: AbortSignal,
  tell: (step: Step) => void,
): Promise<void> {
  const given = resolve(path);
  await folder.exclusively(async () => {
    const state = await takeIn(folder, given, signal, tell);
    await folder.checkOut({ label: `Imported ${given}`, committed: state.text }, signal, tell);
  }, signal);
}

async function takeIn(folder: PvrFolder, path: string, signal: AbortSignal, tell: (step: Step) => void): Promise<Pristine> {
  const objectsDir = dirname(folder.objects.path(NO_OBJECT));
  await mkdir(objectsDir, { recursive: true }).catch((error: unknown) => {
    throw diskProblem(error, `${objectsDir} could not be made`);
  });
  const allowance = await Allowance.of(objectsDir);
  let state: Pristine | undefined;
  let wanted: ReadonlyMap<Sha256, readonly string[]> = new Map();
  let done = 0;
  for await (const entry of exportEntries(path, signal)) {
    if (entry.kind === 'state') {
      if (state !== undefined) throw badExport(path, 'it holds two states');
      state = readState(path, entry.text);
      wanted = objectsOf(state);
      continue;
    }
    // pvr writes the state first, so that what follows can be judged by it.
    if (state === undefined) throw badExport(path, 'its state is not the first thing in it');
    const [key] = wanted.get(entry.sha) ?? [];
    if (key === undefined || (await folder.objects.size(entry.sha)) === entry.size) continue;
    tell({ text: key, objects: { done, total: wanted.size } });
    allowance.spend(entry.size);
    await folder.objects.take(entry.sha, entry.bytes, signal);
    done += 1;
  }
  if (state === undefined) throw badExport(path, 'there is no state in it');
  return state;
}

/** Only to learn where objects lie. */
const NO_OBJECT = '0'.repeat(64) as Sha256;

function readState(path: string, text: string): Pristine {
  const parsed = parsePristine(text);
  if (!parsed.ok) throw badState(`The state in ${path} can't be read.`, 'Make the export again.', parsed.reason);
  const problem = unsafeKeys([...parsed.pristine.members.keys()].filter((key) => key !== '#spec'));
  if (problem !== undefined)
    throw badState(`The state in ${path} can't be taken.`, 'Ask whoever made it: it may be an attack.', problem);
  return parsed.pristine;
}
