import type { PvrFolder } from '../pvr-folder.ts';

/**
 * What `.pvr/config` says after a get, as pvr writes it (repolib.go, GetRepo): the reference is where it gets from; it also puts and posts
 * there where it had no place to, unless it is a file of this computer.
 */
export async function takeRemotes(folder: Pick<PvrFolder, 'setRemotes'>, reference: string): Promise<void> {
  if (reference === '') return;
  await folder.setRemotes({ get: reference });
  if (/^https?:/i.test(reference)) await folder.setRemotes({ put: reference, post: reference }, 'where-empty');
}
