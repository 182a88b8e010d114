import { type ChangeKind, compareStates, type EntryChange } from '../../../shared/compare/compare.ts';
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
  /** Effects and kinds to show; none means all. */
  readonly effects: ReadonlySet<ChangeEffect>;
  readonly kinds: ReadonlySet<ChangeKind>;
  /** Leaves out what differs in its layout alone, unless it is asked for by its kind. */
  readonly hideFormatting: boolean;
}

/** The filter that lets all through. */
export const everyEntry: EntryFilter = { text: '', effects: new Set(), kinds: new Set(), hideFormatting: false };

export type CompareRow =
  | {
      readonly kind: 'part';
      readonly id: string;
      readonly label: string;
      readonly open: boolean;
      readonly group: ComparedGroup;
      /** How many of its entries the filter lets through. */
      readonly shown: number;
    }
  | { readonly kind: 'entry'; readonly id: string; readonly entry: ComparedEntry };

/** The groups with the entries that the filter lets through; those without one are left out. */
export function filteredGroups(groups: readonly ComparedGroup[], filter: EntryFilter): readonly ComparedGroup[] {
  const words = wordsOf(filter.text);
  return groups.flatMap((group) => {
    const entries = group.entries.filter((entry) => matches(entry, words, filter));
    return entries.length === 0 ? [] : [{ ...group, entries }];
  });
}

/** The rows of the list, for the parts that are open. Words in the filter open all. */
export function compareRows(
  groups: readonly ComparedGroup[],
  closed: ReadonlySet<string>,
  filter: EntryFilter,
): readonly CompareRow[] {
  const whole = new Map(groups.map((group) => [group.part.id, group]));
  const searching = wordsOf(filter.text).length > 0;
  return filteredGroups(groups, filter).flatMap(({ part, entries, ...rest }): readonly CompareRow[] => {
    const id = rowIdOfPart(part);
    const open = searching || !closed.has(id);
    const group = whole.get(part.id) ?? { part, entries, ...rest };
    const head: CompareRow = { kind: 'part', id, label: partLabel(part), open, group, shown: entries.length };
    return open ? [head, ...entries.map((entry): CompareRow => ({ kind: 'entry', id: entry.key, entry }))] : [head];
  });
}

/** Part rows and entries share one list: a part's id can't be a key, because keys have no empty first segment. */
export function rowIdOfPart(part: Part): string {
  return `/${part.id}`;
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function matches({ key, effect, change }: ComparedEntry, words: readonly string[], filter: EntryFilter): boolean {
  if (filter.effects.size > 0 && effect !== undefined && !filter.effects.has(effect)) return false;
  if (filter.kinds.size > 0 ? !filter.kinds.has(change.kind) : filter.hideFormatting && change.kind === 'formatting-only') {
    return false;
  }
  const lower = key.toLowerCase();
  return words.every((word) => lower.includes(word));
}

export interface EntryCounts {
  readonly all: number;
  readonly effects: ReadonlyMap<ChangeEffect, number>;
  readonly kinds: ReadonlyMap<ChangeKind, number>;
}

/** How many entries there are of each effect and kind. */
export function entryCounts(groups: readonly ComparedGroup[]): EntryCounts {
  const effects = new Map<ChangeEffect, number>();
  const kinds = new Map<ChangeKind, number>();
  let all = 0;
  for (const { effect, change } of groups.flatMap(({ entries }) => entries)) {
    all += 1;
    kinds.set(change.kind, (kinds.get(change.kind) ?? 0) + 1);
    if (effect !== undefined) effects.set(effect, (effects.get(effect) ?? 0) + 1);
  }
  return { all, effects, kinds };
}

/**
 * The entry after (`1`) or before (`-1`) the selected one among those that the filter lets through; the first or last without one,
 * undefined at the end.
 */
export function neighbour(groups: readonly ComparedGroup[], selected: string | undefined, step: 1 | -1): string | undefined {
  const keys = groups.flatMap(({ entries }) => entries.map(({ key }) => key));
  const at = selected === undefined ? -1 : keys.indexOf(selected);
  if (at === -1) return step === 1 ? keys[0] : keys.at(-1);
  return keys[at + step];
}
