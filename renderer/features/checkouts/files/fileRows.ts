import type { CheckoutView, FileLetter } from '../../../../shared/contract/checkout.ts';
import { type ContainerFolders, containerFolders, type Part, partLabel, partOf } from '../../../../shared/state/parts.ts';
import type { StateDocument } from '../../../../shared/state/state.ts';
import { nameIn } from '../../draft/tree.ts';

/** One file of a checkout: an entry of what is committed or of the working tree, or one that is not tracked. */
export interface CheckoutFile {
  readonly path: string;
  /** What it is called below its part's folder. */
  readonly name: string;
  readonly kind: 'json' | 'object';
  readonly letter: FileLetter | undefined;
  readonly problem: boolean;
}

export interface FileGroup {
  /** A row's id; no path begins with a slash. */
  readonly id: string;
  /** Undefined for what is not tracked. */
  readonly label: string | undefined;
  readonly files: readonly CheckoutFile[];
  readonly changed: number;
}

export type FileRow =
  | { readonly kind: 'part'; readonly id: string; readonly group: FileGroup; readonly open: boolean }
  | { readonly kind: 'entry'; readonly id: string; readonly file: CheckoutFile };

const rank: { readonly [Kind in Part['kind']]: string } = { bsp: '0', container: '1', root: '2' };

/**
 * The files by part: the base system, containers by name, what belongs to none, and what is not tracked. Where the working tree can't be
 * read as a state what is committed stands in for it.
 */
export function fileGroups(
  { status, problems }: Pick<CheckoutView, 'status' | 'problems'>,
  committed: StateDocument | undefined,
  working: StateDocument | undefined,
): readonly FileGroup[] {
  const letters = new Map(status.map(({ path, letter }) => [path, letter]));
  const kinds = new Map(status.map(({ path, kind }) => [path, kind]));
  const broken = new Set(problems.map(({ path }) => path));
  const folders: ContainerFolders = new Map([
    ...(committed === undefined ? [] : containerFolders(committed)),
    ...(working === undefined ? [] : containerFolders(working)),
  ]);
  const tracked = new Set(
    [...(committed?.byKey.keys() ?? []), ...(working?.byKey.keys() ?? []), ...status.map(({ path }) => path), ...broken].filter(
      (path) => !path.startsWith('#spec') && letters.get(path) !== '?',
    ),
  );
  const parts = new Map<string, { readonly part: Part; readonly files: CheckoutFile[] }>();
  for (const path of [...tracked].sort()) {
    const part = partOf(path, folders);
    const place = parts.get(part.id) ?? { part, files: [] };
    const entry = working?.byKey.get(path) ?? committed?.byKey.get(path);
    place.files.push({
      path,
      name: nameIn(part, path),
      kind: entry?.kind ?? kinds.get(path) ?? 'object',
      letter: letters.get(path),
      problem: broken.has(path),
    });
    parts.set(part.id, place);
  }
  const untracked = status
    .filter(({ letter }) => letter === '?')
    .map(({ path, kind }): CheckoutFile => ({ path, name: path, kind, letter: '?', problem: broken.has(path) }));
  const groups = [...parts.values()]
    .map(({ part, files }) => ({
      order: `${rank[part.kind]}${partLabel(part)}`,
      group: groupOf(part.id, partLabel(part), files),
    }))
    .sort((one, other) => (one.order < other.order ? -1 : 1))
    .map(({ group }) => group);
  return untracked.length === 0 ? groups : [...groups, groupOf('?', undefined, untracked)];
}

function groupOf(id: string, label: string | undefined, files: readonly CheckoutFile[]): FileGroup {
  const changed = files.filter(({ letter, problem }) => problem || (letter !== undefined && letter !== '?')).length;
  return { id: `/${id}`, label, files, changed };
}

export interface FileView {
  readonly closed: ReadonlySet<string>;
  /** Words that must all be in the path; they open every group that has a hit. */
  readonly filter: string;
  readonly changedOnly: boolean;
}

export function fileRows(groups: readonly FileGroup[], { closed, filter, changedOnly }: FileView): readonly FileRow[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const narrowed = words.length > 0 || changedOnly;
  return groups.flatMap((group): readonly FileRow[] => {
    const shown = group.files.filter(
      ({ path, letter, problem }) =>
        (!changedOnly || letter !== undefined || problem) && words.every((word) => path.toLowerCase().includes(word)),
    );
    if (narrowed && shown.length === 0) return [];
    const open = narrowed || !closed.has(group.id);
    const head: FileRow = { kind: 'part', id: group.id, group, open };
    return open ? [head, ...shown.map((file): FileRow => ({ kind: 'entry', id: file.path, file }))] : [head];
  });
}
