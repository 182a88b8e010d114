import type { ChosenFile } from './addFiles.ts';

/** More files than this are no state's: somebody dropped a whole disk. */
export const mostFiles = 5_000;

/** As much of the browser's `FileSystemEntry` as the walk needs. */
export interface DroppedEntry {
  readonly name: string;
  readonly isDirectory: boolean;
  file?(done: (file: File) => void, failed: (error: unknown) => void): void;
  createReader?(): { readEntries(done: (entries: readonly DroppedEntry[]) => void, failed: (error: unknown) => void): void };
}

/** What was dropped. Must be asked during the drop: afterwards the browser has forgotten it. */
export function entriesOf({ items, files }: DataTransfer): readonly DroppedEntry[] {
  const entries = [...items]
    .map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null))
    .filter((entry) => entry !== null);
  // What comes from another program is no entry of a file system, but a file all the same.
  return entries.length > 0
    ? entries
    : [...files].map((file) => ({ name: file.name, isDirectory: false, file: (done) => done(file) }));
}

/**
 * All files of what was dropped, folders walked, each with its path from there on; sorted by path. Hidden files of the desktop
 * (`.DS_Store`, `Thumbs.db`) are left out. Rejects with what could not be read, and when there are more than `mostFiles`.
 */
export async function filesIn(dropped: readonly DroppedEntry[], limit: number = mostFiles): Promise<readonly ChosenFile[]> {
  const files: ChosenFile[] = [];
  const pending = dropped.map((entry) => ({ entry, path: entry.name }));
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    const { entry, path } = one;
    if (entry.isDirectory)
      for (const child of await childrenOf(entry)) pending.push({ entry: child, path: `${path}/${child.name}` });
    else if (!ofTheDesktop.has(entry.name)) files.push({ file: await fileOf(entry), path });
    if (files.length > limit) throw new TooManyFiles();
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export class TooManyFiles extends Error {}

const ofTheDesktop: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** A reader gives some hundred entries at a time, and none when there are no more. */
async function childrenOf(folder: DroppedEntry): Promise<readonly DroppedEntry[]> {
  const reader = folder.createReader?.();
  const children: DroppedEntry[] = [];
  for (;;) {
    const some = await new Promise<readonly DroppedEntry[]>((done, failed) => reader?.readEntries(done, failed) ?? done([]));
    if (some.length === 0) return children;
    children.push(...some);
    if (children.length > mostFiles) throw new TooManyFiles();
  }
}

function fileOf(entry: DroppedEntry): Promise<File> {
  return new Promise((done, failed) => (entry.file === undefined ? failed(new Error(entry.name)) : entry.file(done, failed)));
}
