import type { TreeRow } from '../tree.ts';
import { folderNear } from './addFiles.ts';

/** Where dropped files go: into a folder, or one file in the place of an entry. */
export type DropTarget =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'entry'; readonly key: string; readonly folder: string };

/** What a row of the tree takes; `selected` counts where files are dropped beside the rows. */
export function dropTarget(row: TreeRow | undefined, selected: string | undefined): DropTarget {
  if (row === undefined) return { kind: 'folder', folder: folderNear(selected) };
  if (row.kind === 'part') {
    const { part } = row;
    return { kind: 'folder', folder: part.kind === 'container' ? part.folder : part.kind === 'bsp' ? 'bsp' : '' };
  }
  const { key, change } = row.entry;
  const folder = key.includes('/') ? key.slice(0, key.lastIndexOf('/')) : '';
  return change === 'removed' ? { kind: 'folder', folder } : { kind: 'entry', key, folder };
}
