import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { unsafeKey } from '../../../shared/pvr/key-safety.ts';
import { badState } from '../problems.ts';
import { type Disk, ifThere } from './disk.ts';

/**
 * Makes the folders above a key's file. BAD_STATE for a key that leads elsewhere, and where one of the folders is a link or a file: nothing
 * is written through a link, which may lead anywhere.
 */
export async function realFolder(root: string, key: string, disk: Disk): Promise<void> {
  const problem = unsafeKey(key) ?? foreignName(key);
  if (problem !== undefined) throw badState(problem, 'Choose another name.');
  const folders = key.split('/').slice(0, -1);
  let missing = false;
  for (const [at] of folders.entries()) {
    const name = folders.slice(0, at + 1).join('/');
    const found = await ifThere(lstat(join(root, name)));
    if (found === undefined) missing = true;
    else if (!found.isDirectory()) {
      throw badState(
        `${key} can't be written: ${name} is no folder${found.isSymbolicLink() ? ', but a link' : ''}.`,
        `Move ${name} away first.`,
      );
    }
  }
  if (missing) await disk.folder(join(root, ...folders));
}

/** Whether a folder above a key's file is a link or a file: what is behind it is none of the checkout's. */
export async function isBehindLink(root: string, key: string): Promise<boolean> {
  const folders = key.split('/').slice(0, -1);
  for (const [at] of folders.entries()) {
    const found = await ifThere(lstat(join(root, ...folders.slice(0, at + 1))));
    if (found === undefined) return false;
    if (!found.isDirectory()) return true;
  }
  return false;
}

/** On Windows a backslash and a colon lead elsewhere. */
function foreignName(key: string): string | undefined {
  return process.platform === 'win32' && /[\\:]/.test(key)
    ? `${JSON.stringify(key)} can't be a file's name on this system.`
    : undefined;
}
