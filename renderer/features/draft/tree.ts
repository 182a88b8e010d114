import { type ContainerFolders, containerFolders, type Part, type PartId, partOf } from '../../../shared/state/parts.ts';
import type { StateDocument } from '../../../shared/state/state.ts';

export type EntryChange = 'same' | 'added' | 'changed' | 'removed';

/** One entry of a draft. `unfinished`: what was typed is no JSON yet, so the draft still has the value from before. */
export interface TreeEntry {
  readonly key: string;
  readonly kind: 'json' | 'object';
  readonly change: EntryChange;
  readonly unfinished: boolean;
}

export interface TreePart {
  readonly part: Part;
  readonly entries: readonly TreeEntry[];
  /** How many of its entries differ from the base, or are unfinished. */
  readonly changes: number;
}

/**
 * The entries of a draft and of its base together, grouped by part: the base system, containers by name, what belongs to none.
 * Entries are sorted by key; one that the draft removed stays in its place.
 */
export function draftTree(base: StateDocument, next: StateDocument, unfinished: ReadonlySet<string>): readonly TreePart[] {
  const folders: ContainerFolders = new Map([...containerFolders(base), ...containerFolders(next)]);
  const keys = new Set([...base.byKey.keys(), ...next.byKey.keys(), ...unfinished]);
  const parts = new Map<PartId, { part: Part; entries: TreeEntry[] }>();
  for (const key of [...keys].sort(byText)) {
    const part = partOf(key, folders);
    const place = parts.get(part.id) ?? { part, entries: [] };
    place.entries.push(readEntry(key, base, next, unfinished.has(key)));
    parts.set(part.id, place);
  }
  return [...parts.values()]
    .sort((one, other) => byText(rank(one.part), rank(other.part)))
    .map(({ part, entries }) => ({
      part,
      entries,
      changes: entries.filter((entry) => entry.change !== 'same' || entry.unfinished).length,
    }));
}

function readEntry(key: string, base: StateDocument, next: StateDocument, unfinished: boolean): TreeEntry {
  const before = base.byKey.get(key);
  const after = next.byKey.get(key);
  const kind = (after ?? before)?.kind ?? 'json';
  if (after === undefined) return { key, kind, change: before === undefined ? 'added' : 'removed', unfinished };
  if (before === undefined) return { key, kind, change: 'added', unfinished };
  return { key, kind, change: before.raw === after.raw ? 'same' : 'changed', unfinished };
}

/** One row of the tree as it is shown. Names of entries are without the folder that the part's row names already. */
export type TreeRow =
  | {
      readonly kind: 'part';
      readonly id: string;
      readonly part: Part;
      readonly changes: number;
      readonly count: number;
      readonly open: boolean;
    }
  | { readonly kind: 'entry'; readonly id: string; readonly part: Part; readonly entry: TreeEntry; readonly name: string };

export interface TreeView {
  /** Row ids of the parts that are closed. */
  readonly closed: ReadonlySet<string>;
  /** Words that must all be in the key; a filter opens every part that has a hit. */
  readonly filter: string;
  readonly changedOnly: boolean;
}

export function treeRows(parts: readonly TreePart[], view: TreeView): readonly TreeRow[] {
  const words = view.filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const narrowed = words.length > 0 || view.changedOnly;
  return parts.flatMap(({ part, entries, changes }): readonly TreeRow[] => {
    const shown = entries.filter(
      (entry) => matches(entry, words) && (!view.changedOnly || entry.change !== 'same' || entry.unfinished),
    );
    if (narrowed && shown.length === 0) return [];
    const open = narrowed || !view.closed.has(rowIdOfPart(part));
    const head: TreeRow = { kind: 'part', id: rowIdOfPart(part), part, changes, count: entries.length, open };
    if (!open) return [head];
    return [
      head,
      ...shown.map((entry): TreeRow => ({ kind: 'entry', id: entry.key, part, entry, name: nameIn(part, entry.key) })),
    ];
  });
}

/** The row that takes the selection when an entry goes for good: the next one of its part, else the one before, else the part. */
export function neighbourOf(parts: readonly TreePart[], key: string): string | undefined {
  for (const { part, entries } of parts) {
    const at = entries.findIndex((entry) => entry.key === key);
    if (at < 0) continue;
    const other = entries[at + 1] ?? entries[at - 1];
    return other?.key ?? rowIdOfPart(part);
  }
  return undefined;
}

/** Part rows and entries share one list: a part's id can't be a key, because no key starts with a slash. */
export function rowIdOfPart(part: Part): string {
  return `/${part.id}`;
}

/** The key without the part's own folder; `_config/…` and `_sigs/…` keep theirs, because it says what they are. */
export function nameIn(part: Part, key: string): string {
  const folder = part.kind === 'container' ? `${part.folder}/` : part.kind === 'bsp' ? 'bsp/' : '';
  return folder !== '' && key.startsWith(folder) ? key.slice(folder.length) : key;
}

function matches(entry: TreeEntry, words: readonly string[]): boolean {
  const key = entry.key.toLowerCase();
  return words.every((word) => key.includes(word));
}

function rank(part: Part): string {
  switch (part.kind) {
    case 'bsp':
      return '0';
    case 'container':
      return `1${part.name}`;
    case 'root':
      return '2';
  }
}

function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
