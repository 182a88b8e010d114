import { join } from 'node:path';
import type { AppEdit, AppView } from '../../../shared/contract/checkout.ts';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { editApp } from '../../../shared/pvr/app-edit.ts';
import { appView } from '../../../shared/pvr/app-view.ts';
import { coverageOf } from '../../../shared/signatures/coverage.ts';
import { parseState } from '../../../shared/state/state.ts';
import { type Disk, realDisk, replaceFile } from '../folder/disk.ts';
import { badState, changedMeanwhile } from '../problems.ts';
import type { PvrFolder } from '../pvr-folder.ts';
import { appNames, readAppFiles } from './app-files.ts';

type Folder = Pick<PvrFolder, 'root' | 'read' | 'exclusively'>;

/** The apps of a checkout's working tree, by name. One that can't be read is there with its problem. */
export async function listApps(folder: Folder, signal: AbortSignal): Promise<AppView[]> {
  const { working } = await folder.read(signal);
  const signers = signersIn(working);
  const views: AppView[] = [];
  for (const name of await appNames(folder.root)) {
    signal.throwIfAborted();
    views.push(await viewOf(folder.root, name, working, signers(`${name}/run.json`)));
  }
  return views;
}

async function viewOf(root: string, name: string, working: string | undefined, signedBy: readonly string[]): Promise<AppView> {
  try {
    const files = await readAppFiles(root, name, working);
    if (files !== undefined) return appView(files, signedBy);
    return unreadable(name, signedBy, `${name}/src.json is not there any more.`);
  } catch (error) {
    if (error instanceof TrailbossError) return unreadable(name, signedBy, error.data.what);
    throw error;
  }
}

function unreadable(name: string, signedBy: readonly string[], problem: string): AppView {
  return { name, template: '', image: '', persistence: [], drift: [], signedBy: [...signedBy], problem };
}

/**
 * Changes src.json and run.json of an app together, as `pvr app install` would have them; both stay files of the working tree, and a commit
 * is the person's own. BAD_STATE with the reason where the edit can't be made, CONFLICT when a file changed between reading and writing.
 */
export async function changeApp(
  folder: Folder,
  name: string,
  edit: AppEdit,
  signal: AbortSignal,
  disk: Disk = realDisk,
): Promise<void> {
  await folder.exclusively(async () => {
    const { working } = await folder.read(signal);
    if (!(await appNames(folder.root)).includes(name)) throw noSuchApp(name);
    const before = await readAppFiles(folder.root, name, working);
    if (before === undefined) throw noSuchApp(name);
    const edited = editApp(before, edit);
    if (!edited.ok) throw badState(edited.reason, 'Change the setting, or edit src.json and run pvr app install.');
    const now = await readAppFiles(folder.root, name, working);
    if (now?.src !== before.src || now.run !== before.run) throw changedMeanwhile(`${name}/src.json or ${name}/run.json`);
    // run.json first: where only one of the two is written, src.json still says what was before, and the drift is shown.
    if (edited.run !== before.run) await put(folder.root, `${name}/run.json`, edited.run, disk);
    if (edited.src !== before.src) await put(folder.root, `${name}/src.json`, edited.src, disk);
  }, signal);
}

function put(root: string, path: string, text: string, disk: Disk): Promise<void> {
  const target = join(root, path);
  return replaceFile(disk, target, text, `${target}.new`);
}

/** For a key, the names of the signatures that cover it in the working state. */
function signersIn(working: string | undefined): (key: string) => readonly string[] {
  const parsed = working === undefined ? undefined : parseState(working);
  if (!parsed?.ok) return () => [];
  const { signatures } = coverageOf(parsed.state);
  return (key) => signatures.filter(({ covers }) => covers.includes(key)).map(({ name }) => name);
}

function noSuchApp(name: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `There is no app ${name} in this checkout: no folder of that name holds a src.json.`,
    unchanged: 'The folder is as it was.',
    next: 'Look at the apps that are there now.',
  });
}
