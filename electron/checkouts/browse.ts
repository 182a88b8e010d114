import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { FolderItem } from '../../shared/contract/checkout.ts';
import { diskProblem } from './problems.ts';

/** So many entries of a folder are shown. */
const mostItems = 1000;

/** A folder of this computer: folders first, each by name; hidden ones are left out. Without a path the home folder. */
export async function browseFolder(path: string | undefined) {
  const given = resolve(path ?? homedir());
  const entries = await readdir(given, { withFileTypes: true }).catch((error: unknown) => {
    throw diskProblem(error, `The folder ${given} can't be read`);
  });
  const shown = entries.filter(({ name }) => !name.startsWith('.'));
  const items = await Promise.all(shown.slice(0, mostItems).map((entry) => itemOf(join(given, entry.name), entry.name)));
  const parent = dirname(given);
  return {
    path: given,
    ...(parent !== given && { parent }),
    items: items.flatMap((item) => (item === undefined ? [] : [item])).sort(byKindAndName),
    truncated: shown.length > mostItems,
  };
}

async function itemOf(path: string, name: string): Promise<FolderItem | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) {
    const isCheckout = (await stat(join(path, '.pvr', 'json')).catch(() => undefined))?.isFile() === true;
    return { name, kind: isCheckout ? 'checkout' : 'folder' };
  }
  if (!found?.isFile()) return undefined;
  return { name, kind: /\.(tar|tar\.gz|tgz)$/i.test(name) ? 'export' : 'file' };
}

function byKindAndName(a: FolderItem, b: FolderItem): number {
  const rank = ({ kind }: FolderItem) => (kind === 'folder' || kind === 'checkout' ? 0 : 1);
  return rank(a) - rank(b) || a.name.localeCompare(b.name, 'en');
}
