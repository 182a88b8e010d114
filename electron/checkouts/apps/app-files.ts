import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppFiles } from '../../../shared/pvr/app-edit.ts';
import { compareCodePoints } from '../../../shared/state/canonical.ts';
import { readMembers } from '../../../shared/state/json-members.ts';
import { ifThere } from '../folder/disk.ts';
import { badState } from '../problems.ts';

/** More than this is no src.json or run.json, whatever it is called. Bytes. */
const maxBytes = 4 * 1024 * 1024;

/**
 * The folders of a checkout that hold a src.json: what `pvr app ls` lists (libpvr/applib.go, GetApplications), without links to folders,
 * which pvr never tracks. Sorted.
 */
export async function appNames(root: string): Promise<readonly string[]> {
  const folders = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const found = await Promise.all(
    folders.map(async ({ name }) => ((await ifThere(stat(join(root, name, 'src.json'))))?.isFile() === true ? [name] : [])),
  );
  return found
    .flat()
    .filter((name) => !name.startsWith('.pv'))
    .sort(compareCodePoints);
}

/** The texts of an app; undefined where it has no src.json. `working` is the checkout's working state, for the groups that it tracks. */
export async function readAppFiles(root: string, name: string, working: string | undefined): Promise<AppFiles | undefined> {
  const [src, run] = await Promise.all([textAt(join(root, name, 'src.json')), textAt(join(root, name, 'run.json'))]);
  return src === undefined ? undefined : { name, src, run, groups: trackedGroups(working) };
}

/** groups.json as pvr finds it: the tracked entry whose key begins so (libpvr/repolib.go, GetWorkingGroupsJson). */
export function trackedGroups(working: string | undefined): string | undefined {
  if (working === undefined) return undefined;
  const members = readMembers(working).filter(({ key }) => key.startsWith('groups.json'));
  const found = members.find(({ key }) => key === 'groups.json') ?? members[0];
  return found === undefined ? undefined : working.slice(found.start, found.end);
}

async function textAt(path: string): Promise<string | undefined> {
  const facts = await ifThere(stat(path));
  if (facts === undefined || !facts.isFile()) return undefined;
  if (facts.size > maxBytes) {
    throw badState(`${path} is larger than ${maxBytes / 1024 / 1024} MB.`, 'That is no file that pvr wrote: look into it.');
  }
  const bytes = await ifThere(readFile(path));
  if (bytes === undefined) return undefined;
  const text = bytes.toString('utf8');
  if (Buffer.from(text).equals(bytes)) return text;
  throw badState(`${path} is no text in UTF-8.`, 'Write it anew, or reset it.');
}
