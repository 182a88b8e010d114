import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Damage, StatusLine } from '../../../shared/contract/checkout.ts';
import { objectsOf, type Pristine, parsePristine } from '../../../shared/pvr/pristine.ts';
import { ifThere, readOwn } from './disk.ts';
import { shaOfBytes } from './file-facts.ts';
import { goText } from './go-text.ts';
import { interrupted } from './journal.ts';
import { leftovers } from './leftovers.ts';
import type { FolderPaths } from './paths.ts';
import type { PvrFiles } from './pvr-files.ts';
import type { WalkedFile } from './walk.ts';

/** So many objects are looked for at once. */
const atOnce = 64;

export interface Looked {
  readonly paths: FolderPaths;
  readonly files: PvrFiles;
  readonly walked: readonly WalkedFile[];
  readonly status: readonly StatusLine[];
  readonly objectsDir: string;
  readonly pristine: Pristine | undefined;
}

/** What is half-written in a checkout. Whether the bytes of an object are right is not looked at here. */
export async function findDamage(looked: Looked): Promise<readonly Damage[]> {
  const inPvr = (await ifThere(readdir(looked.paths.pvr))) ?? [];
  return [
    ...(await pristineDamage(looked, inPvr)),
    ...configDamage(looked),
    ...newFilesDamage(looked),
    ...(await leftovers(looked, inPvr)),
    ...(await objectDamage(looked)),
    ...interruptedCheckout(looked),
    ...(await notedCheckout(looked)),
  ];
}

async function pristineDamage({ paths, files, pristine }: Looked, inPvr: readonly string[]): Promise<readonly Damage[]> {
  if (pristine !== undefined) return [];
  const problem = files.json === undefined ? 'There is no .pvr/json.' : files.json.ok ? '' : files.json.reason;
  const bytes = inPvr.includes('json.new') ? await ifThere(readOwn(join(paths.pvr, 'json.new'))) : undefined;
  if (bytes !== undefined && parsePristine(goText(bytes)).ok) {
    const mend = 'Takes .pvr/json.new for the committed state; the unreadable file goes into the backup.';
    return [
      {
        id: 'pristine',
        kind: 'unfinished-commit',
        path: '.pvr/json',
        text: `${problem} A commit or get was interrupted: .pvr/json.new is whole.`,
        mend,
      },
    ];
  }
  return [
    { id: 'pristine', kind: 'bad-pristine', path: '.pvr/json', text: `${problem} What was committed is not known any more.` },
  ];
}

function configDamage({ files }: Looked): readonly Damage[] {
  const mend = 'Writes a new one; where pvr got from and posted to has to be set again.';
  if (files.config === undefined) {
    return [
      {
        id: 'config',
        kind: 'missing-config',
        path: '.pvr/config',
        text: 'There is no .pvr/config: pvr would look for objects in .pvr/objects.',
        mend,
      },
    ];
  }
  return files.config.ok
    ? []
    : [
        {
          id: 'config',
          kind: 'bad-config',
          path: '.pvr/config',
          text: files.config.reason,
          mend: `${mend} The old one goes into the backup.`,
        },
      ];
}

function newFilesDamage({ files }: Looked): readonly Damage[] {
  if (files.newFiles === undefined || files.newFiles.ok) return [];
  const mend = 'Moves it into the backup: files that were added and not committed have to be added again.';
  return [{ id: 'new', kind: 'bad-new', path: '.pvr/new', text: files.newFiles.reason, mend }];
}

/** By name and size alone: an object must be as large as a file that has its bytes. */
async function objectDamage({ pristine, objectsDir, status, walked }: Looked): Promise<readonly Damage[]> {
  if (pristine === undefined) return [];
  const changed = new Set(status.filter(({ letter }) => letter !== '?').map(({ path }) => path));
  const isUnchanged = (key: string) => !changed.has(key);
  const sizes = new Map(walked.flatMap(({ path, kind, size }) => (kind === 'file' ? [[path, size] as const] : [])));
  const objects = [...objectsOf(pristine)];
  const damage: Damage[] = [];
  for (let from = 0; from < objects.length; from += atOnce) {
    const some = objects.slice(from, from + atOnce);
    const found = await Promise.all(some.map(([sha]) => ifThere(stat(join(objectsDir, sha)))));
    for (const [at, [sha, keys]] of some.entries()) {
      const size = sizes.get(keys.find((key) => isUnchanged(key) && sizes.has(key)) ?? '');
      if (found[at]?.isFile() !== true) damage.push(missingObject(sha, keys, isUnchanged, objectsDir));
      else if (size !== undefined && found[at].size !== size) damage.push(wrongObject(sha, keys, isUnchanged));
    }
  }
  return damage;
}

function missingObject(sha: string, keys: readonly string[], isUnchanged: (key: string) => boolean, objectsDir: string): Damage {
  const source = keys.find(isUnchanged);
  return {
    id: `object:${sha}`,
    kind: 'missing-object',
    path: keys[0] ?? sha,
    text: `Its committed object ${sha.slice(0, 8)} is not in ${objectsDir}: it can't be checked out, exported or posted.`,
    ...(source !== undefined && { mend: `Makes it again from the file ${source}, which has the same bytes.` }),
  };
}

export function wrongObject(sha: string, keys: readonly string[], isUnchanged: (key: string) => boolean): Damage {
  const source = keys.find(isUnchanged);
  return {
    id: `object:${sha}`,
    kind: 'wrong-object',
    path: keys[0] ?? sha,
    text: `Its committed object ${sha.slice(0, 8)} holds other bytes than its name promises.`,
    ...(source !== undefined && { mend: `Makes it again from the file ${source}; the damaged one is kept beside it.` }),
  };
}

/** A checkout by Trailboss that a crash ended: files may be those from before. */
async function notedCheckout({ paths, pristine }: Looked): Promise<readonly Damage[]> {
  const journal = pristine === undefined ? undefined : await interrupted(paths);
  if (journal === undefined || pristine === undefined) return [];
  if (journal.committed !== undefined && journal.committed !== shaOfBytes(pristine.text)) return [];
  const files = journal.keys === undefined ? '' : ` of ${journal.keys.length + journal.remove.length} files`;
  return [
    {
      id: 'noted-checkout',
      kind: 'interrupted-checkout',
      path: journal.keys?.[0] ?? journal.remove[0] ?? '.pvr/json',
      text: `“${journal.label}” was interrupted: the checkout${files} did not come to its end.`,
      mend: 'Checks these files out as they are committed; what they hold now goes into the backup.',
    },
  ];
}

/** Tracked files that are missing while a temporary file of a checkout is there. */
function interruptedCheckout({ status, walked }: Looked): readonly Damage[] {
  const files = new Set(walked.map(({ path }) => path));
  const missing = status.filter(({ letter }) => letter === 'D').map(({ path }) => path);
  const [first] = missing.filter((path) => files.has(`${path}.new`));
  if (first === undefined) return [];
  const text = `A checkout was interrupted: ${missing.length === 1 ? 'one file is' : `${missing.length} files are`} missing, and ${first}.new is left.`;
  return [
    {
      id: 'checkout',
      kind: 'interrupted-checkout',
      path: first,
      text,
      mend: 'Checks the missing files out again; temporary files go into the backup.',
    },
  ];
}
