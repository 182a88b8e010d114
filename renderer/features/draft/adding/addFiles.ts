import { keyProblem } from '../../../../shared/state/keys.ts';
import type { StateDocument } from '../../../../shared/state/state.ts';

/** A file that somebody chose or dropped; `path` is its name, with folders where a whole folder was chosen. */
export interface ChosenFile {
  readonly file: File;
  readonly path: string;
}

/** What adding a file would do to the draft. */
export interface PlannedFile {
  readonly file: File;
  readonly key: string;
  readonly becomes: 'json' | 'object';
  readonly replaces: boolean;
  /** Why it can't be added, as a sentence. */
  readonly fault: string | undefined;
}

/** Where each file goes and what it becomes: one that ends in `.json` becomes inline JSON unless it is asked for as an object, or is one already. */
export function planFiles(
  files: readonly ChosenFile[],
  folder: string,
  jsonAsObject: boolean,
  next: StateDocument,
): readonly PlannedFile[] {
  const prefix = folder.replace(/^\/+|\/+$/g, '');
  const seen = new Set<string>();
  return files.map(({ file, path }): PlannedFile => {
    const key = prefix === '' ? path : `${prefix}/${path}`;
    const before = next.byKey.get(key);
    const becomes = key.endsWith('.json') && !jsonAsObject && before?.kind !== 'object' ? 'json' : 'object';
    const twice = seen.has(key);
    seen.add(key);
    return {
      file,
      key,
      becomes,
      replaces: before !== undefined,
      fault: twice
        ? `${JSON.stringify(key)} is there twice among these files.`
        : before === undefined
          ? keyProblem(key, becomes)
          : undefined,
    };
  });
}

/** The folder that new files most likely go to: the one of the entry that is selected. */
export function folderNear(selected: string | undefined): string {
  if (selected === undefined) return '';
  if (selected.startsWith('/container:')) return selected.slice('/container:'.length);
  if (selected.startsWith('/')) return selected === '/bsp' ? 'bsp' : '';
  return selected.includes('/') ? selected.slice(0, selected.lastIndexOf('/')) : '';
}
