import type { FolderItem } from '../../../../shared/contract/checkout.ts';

/** What a person looks for among folders and files; `new-folder` and `new-file` may not be there yet. */
export type Wanted = 'checkout' | 'folder' | 'new-folder' | 'export' | 'new-file';

/** A path as it is typed: the folder with its separator, and what was begun of a name in it. */
export interface Typed {
  readonly folder: string;
  readonly name: string;
}

/** The separator that a path is written with: a backslash where it begins as on Windows. */
export function separatorOf(path: string): '/' | '\\' {
  return /^(?:[A-Za-z]:|\\)/.test(path) ? '\\' : '/';
}

export function typedPath(text: string): Typed {
  const at = separatorOf(text) === '\\' ? Math.max(text.lastIndexOf('\\'), text.lastIndexOf('/')) : text.lastIndexOf('/');
  return { folder: text.slice(0, at + 1), name: text.slice(at + 1) };
}

/** A folder's path with a separator at its end, so that typing goes on inside it. */
export function asFolder(path: string): string {
  const separator = separatorOf(path);
  return path === '' || path.endsWith(separator) || path.endsWith('/') ? path : `${path}${separator}`;
}

/** The path without separators at its end; the root stays. */
export function withoutEnd(path: string): string {
  const short = path.replace(/[/\\]+$/, '');
  return short === '' || short.endsWith(':') ? path : short;
}

/** Whether a thing of this kind can be what is looked for; a file is shown all the same where a name must not be taken. */
function isShown({ kind }: FolderItem, wanted: Wanted): boolean {
  switch (wanted) {
    case 'checkout':
    case 'folder':
    case 'new-folder':
      return kind === 'folder' || kind === 'checkout';
    case 'export':
    case 'new-file':
      return true;
  }
}

/** The things to choose from: those whose name begins with what was typed, then those that hold it. Hidden ones have to be asked for by their dot. */
export function shownItems(items: readonly FolderItem[], name: string, wanted: Wanted): readonly FolderItem[] {
  const looked = name.toLowerCase();
  const fitting = items.filter(
    (item) =>
      isShown(item, wanted) && (!item.name.startsWith('.') || looked.startsWith('.')) && item.name.toLowerCase().includes(looked),
  );
  const begins = (item: FolderItem) => item.name.toLowerCase().startsWith(looked);
  return [...fitting.filter(begins), ...fitting.filter((item) => !begins(item))];
}

/** How far the name can be completed: to the end where one item is left, else as far as all that begin so agree. */
export function completedName(items: readonly FolderItem[], name: string): string {
  const looked = name.toLowerCase();
  const names = items.map((item) => item.name).filter((one) => one.toLowerCase().startsWith(looked));
  const [first, ...others] = names;
  if (first === undefined) return name;
  let length = first.length;
  for (const other of others) {
    let same = 0;
    while (same < length && other[same]?.toLowerCase() === first[same]?.toLowerCase()) same += 1;
    length = same;
  }
  return length > name.length ? first.slice(0, length) : name;
}

/** What Enter does with an item: go into it, or take it. */
export function isTaken(item: FolderItem, wanted: Wanted): boolean {
  if (item.kind === 'folder') return false;
  if (item.kind === 'checkout') return wanted === 'checkout';
  return true;
}
