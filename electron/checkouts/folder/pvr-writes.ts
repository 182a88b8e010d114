import { join } from 'node:path';
import type { Remotes } from '../../../shared/contract/checkout.ts';
import { formatConfig } from '../../../shared/pvr/config.ts';
import { defaultSpec, objectsOf, type Pristine, parsePristine } from '../../../shared/pvr/pristine.ts';
import { stateText } from '../../../shared/pvr/working.ts';
import { badState, missingObject } from '../problems.ts';
import { replaceFile } from './disk.ts';
import type { FolderWork } from './folder-work.ts';
import { configOf, readPvrFiles } from './pvr-files.ts';

/** Makes a state the committed one, in canonical form. BAD_STATE for what pvr breaks on, NOT_FOUND when an object is not there. */
export async function replaceCommitted(work: FolderWork, text: string): Promise<void> {
  const parsed = parsePristine(text);
  if (!parsed.ok) throw badState("This can't be the committed state.", 'Nothing was taken over.', parsed.reason);
  for (const [sha, [key]] of objectsOf(parsed.pristine)) {
    if ((await work.objects.size(sha)) === undefined) throw missingObject(sha, `the object folder (${key})`);
  }
  await writeCommitted(work, committedText(parsed.pristine));
}

/** The text that a state has as the committed one. Without `#spec` pvr would show it as added, and its commit would fail for ever. */
export function committedText({ text, members }: Pristine): string {
  return members.has('#spec') ? text : stateText(new Map([['#spec', defaultSpec], ...members]));
}

export async function writeCommitted({ disk, paths }: FolderWork, canonical: string): Promise<void> {
  await replaceFile(disk, paths.json, canonical, join(paths.pvr, 'json.new'));
}

/** BAD_STATE where `.pvr/config` can't be read: it would be lost. */
export async function saveRemotes({ disk, paths }: FolderWork, remotes: Partial<Remotes>, only?: 'where-empty'): Promise<void> {
  const files = await readPvrFiles(paths);
  if (files.config?.ok === false) throw badState(files.config.reason, 'Mend the checkout first.');
  const config = configOf(files);
  const address = (old: string, given: string | undefined) =>
    given === undefined || (only === 'where-empty' && old !== '') ? old : given;
  const next = {
    ...config,
    defaultGetUrl: address(config.defaultGetUrl, remotes.get),
    defaultPutUrl: address(config.defaultPutUrl, remotes.put),
    defaultPostUrl: address(config.defaultPostUrl, remotes.post),
  };
  await replaceFile(disk, paths.config, formatConfig(next), join(paths.pvr, 'config.new'));
}
