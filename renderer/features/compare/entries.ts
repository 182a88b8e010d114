import { compareStates, type EntryChange } from '../../../shared/compare/compare.ts';
import type { Change, ChangeEffect, Forecast, Rule } from '../../../shared/forecast/index.ts';
import { decodeString } from '../../../shared/state/json.ts';
import { type Part, partLabel } from '../../../shared/state/parts.ts';
import type { StateDocument } from '../../../shared/state/state.ts';

/** One entry that differs, with what the forecast says about it; without `effect` there is no forecast of a move. */
export interface ComparedEntry {
  readonly key: string;
  readonly change: EntryChange;
  readonly part: Part;
  readonly effect: ChangeEffect | undefined;
  readonly rule: Rule | undefined;
}

export interface ComparedGroup {
  readonly part: Part;
  /** The strongest effect of its entries. */
  readonly effect: ChangeEffect | undefined;
  readonly entries: readonly ComparedEntry[];
}

const strength: readonly ChangeEffect[] = ['none', 'restart', 'reboot'];

/** What differs between two states, by part, each entry with its effect. Within a part the strongest effects come first. */
export function comparedGroups(a: StateDocument, b: StateDocument, forecast: Forecast | undefined): readonly ComparedGroup[] {
  const effects = changesByKey(forecast);
  return compareStates(a, b).parts.map(({ part, changes }): ComparedGroup => {
    const entries = changes.map((change): ComparedEntry => {
      const told = effects.get(change.key);
      return { key: change.key, change, part, effect: told?.effect, rule: told?.rule };
    });
    entries.sort((one, other) => rank(other.effect) - rank(one.effect) || (one.key < other.key ? -1 : 1));
    return { part, effect: entries[0]?.effect, entries };
  });
}

/** The forecast's changes by key. The forecast has keys as they stand in the text, escapes and all; here they are resolved. */
export function changesByKey(forecast: Forecast | undefined): ReadonlyMap<string, Change> {
  if (forecast?.kind !== 'move') return new Map();
  return new Map(forecast.changes.map((change) => [resolved(change.key), change]));
}

/** A key of the forecast as people see it. */
export function resolved(rawKey: string): string {
  if (!rawKey.includes('\\')) return rawKey;
  try {
    return decodeString(`"${rawKey}"`);
  } catch {
    return rawKey;
  }
}

function rank(effect: ChangeEffect | undefined): number {
  return effect === undefined ? -1 : strength.indexOf(effect);
}

export interface EntryFilter {
  /** Words that must all be in the key. */
  readonly text: string;
  /** Effects that are hidden. */
  readonly hidden: ReadonlySet<ChangeEffect>;
}

export type CompareRow =
  | { readonly kind: 'part'; readonly id: string; readonly label: string; readonly open: boolean; readonly group: ComparedGroup }
  | { readonly kind: 'entry'; readonly id: string; readonly entry: ComparedEntry };

/** The rows of the list, for the parts that are open. A filter opens all. */
export function compareRows(
  groups: readonly ComparedGroup[],
  closed: ReadonlySet<string>,
  filter: EntryFilter,
): readonly CompareRow[] {
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return groups.flatMap((group): readonly CompareRow[] => {
    const shown = group.entries.filter((entry) => matches(entry, words, filter.hidden));
    if (shown.length === 0) return [];
    const id = rowIdOfPart(group.part);
    const open = words.length > 0 || !closed.has(id);
    const head: CompareRow = { kind: 'part', id, label: partLabel(group.part), open, group };
    return open ? [head, ...shown.map((entry): CompareRow => ({ kind: 'entry', id: entry.key, entry }))] : [head];
  });
}

/** Part rows and entries share one list: a part's id can't be a key, because keys have no empty first segment. */
function rowIdOfPart(part: Part): string {
  return `/${part.id}`;
}

function matches(entry: ComparedEntry, words: readonly string[], hidden: ReadonlySet<ChangeEffect>): boolean {
  if (entry.effect !== undefined && hidden.has(entry.effect)) return false;
  const key = entry.key.toLowerCase();
  return words.every((word) => key.includes(word));
}

/** How many entries have each effect. */
export function effectCounts(groups: readonly ComparedGroup[]): ReadonlyMap<ChangeEffect, number> {
  const counts = new Map<ChangeEffect, number>();
  for (const { entries } of groups) {
    for (const { effect } of entries) if (effect !== undefined) counts.set(effect, (counts.get(effect) ?? 0) + 1);
  }
  return counts;
}

/** The entry after (`1`) or before (`-1`) the selected one in the rows that are shown; the first or last without one. */
export function neighbour(rows: readonly CompareRow[], selected: string | undefined, step: 1 | -1): string | undefined {
  const entries = rows.filter((row) => row.kind === 'entry');
  const at = entries.findIndex((row) => row.id === selected);
  if (at === -1) return (step === 1 ? entries[0] : entries.at(-1))?.id;
  return entries[at + step]?.id ?? selected;
}
