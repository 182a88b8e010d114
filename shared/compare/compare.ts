import { type ContainerFolders, containerFolders, type Part, type PartId, partOf } from '../state/parts.ts';
import type { StateDocument, StateEntry } from '../state/state.ts';
import { sayTheSame } from './same-json.ts';

/** How one entry differs. `formatting-only`: the JSON says the same in another text, which the device still takes for a change. */
export type EntryChange =
  | { readonly kind: 'added'; readonly key: string; readonly after: StateEntry }
  | { readonly kind: 'removed'; readonly key: string; readonly before: StateEntry }
  | { readonly kind: 'changed'; readonly key: string; readonly before: StateEntry; readonly after: StateEntry }
  | { readonly kind: 'formatting-only'; readonly key: string; readonly before: StateEntry; readonly after: StateEntry };

export type ChangeKind = EntryChange['kind'];

/** The entries of one part that differ, sorted by key as in the documents: those of the newer one in its order, then removed ones. */
export interface ComparedPart {
  readonly part: Part;
  readonly changes: readonly EntryChange[];
}

export interface Comparison {
  /** bsp first, then containers, then what belongs to none. Parts without a difference are left out. */
  readonly parts: readonly ComparedPart[];
  readonly changes: readonly EntryChange[];
  /** Set where `#spec` differs, which the device does not compare. */
  readonly spec?: { readonly before: string | undefined; readonly after: string | undefined };
}

/** Compares two states key by key. Values are compared as raw text, as the device does. Linear in the number of entries. */
export function compareStates(a: StateDocument, b: StateDocument): Comparison {
  const changes: EntryChange[] = [];
  for (const after of b.entries) {
    const before = a.byKey.get(after.key);
    if (before === undefined) changes.push({ kind: 'added', key: after.key, after });
    else if (before.raw !== after.raw) changes.push(changeOf(before, after));
  }
  for (const before of a.entries) {
    if (!b.byKey.has(before.key)) changes.push({ kind: 'removed', key: before.key, before });
  }
  const parts = groupByPart(changes, containerFolders(a), containerFolders(b));
  return a.spec === b.spec ? { parts, changes } : { parts, changes, spec: { before: a.spec, after: b.spec } };
}

function changeOf(before: StateEntry, after: StateEntry): EntryChange {
  const same = before.kind === 'json' && after.kind === 'json' && sayTheSame(before.raw, after.raw);
  return { kind: same ? 'formatting-only' : 'changed', key: after.key, before, after };
}

function groupByPart(
  changes: readonly EntryChange[],
  foldersBefore: ContainerFolders,
  foldersAfter: ContainerFolders,
): readonly ComparedPart[] {
  const grouped = new Map<PartId, { readonly part: Part; readonly changes: EntryChange[] }>();
  for (const change of changes) {
    const now = partOf(change.key, foldersAfter);
    const part = now.kind === 'root' ? partOf(change.key, foldersBefore) : now;
    const group = grouped.get(part.id);
    if (group === undefined) grouped.set(part.id, { part, changes: [change] });
    else group.changes.push(change);
  }
  return [...grouped.values()].sort((a, b) => rank(a.part) - rank(b.part));
}

function rank(part: Part): number {
  switch (part.kind) {
    case 'bsp':
      return 0;
    case 'container':
      return 1;
    case 'root':
      return 2;
  }
}
