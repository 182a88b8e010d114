import type { JsonDiff } from '../../../../shared/compare/json-diff.ts';

/** A row of the tree of changes. */
export interface TreeRow {
  /** The same as long as the value is at the same place. */
  readonly id: string;
  readonly diff: JsonDiff;
  /** From 1. */
  readonly level: number;
  /** Its place among those beside it, from 1, and how many those are. */
  readonly position: number;
  readonly siblings: number;
  /** Undefined where there is nothing inside. */
  readonly open: boolean | undefined;
}

/** Which values are open: by themselves those with a difference inside, all, or none, but for those that were opened or closed by hand. */
export interface TreeOpen {
  readonly all: 'differing' | 'every' | 'none';
  readonly byHand: ReadonlyMap<string, boolean>;
}

export const openDiffering: TreeOpen = { all: 'differing', byHand: new Map() };

/** Names a value for as long as both texts are the same. */
export function idOf(diff: JsonDiff): string {
  return diff.after === undefined ? `-${diff.before?.pointer ?? ''}` : `+${diff.after.pointer}`;
}

export function isOpen(diff: JsonDiff, { all, byHand }: TreeOpen): boolean {
  return byHand.get(idOf(diff)) ?? (all === 'every' || (all === 'differing' && diff.kind === 'within'));
}

/** The rows of a tree, from its members down; the whole value itself where it has none. Values that are the same are there on request. */
export function treeRows(diff: JsonDiff, open: TreeOpen, showSame: boolean): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (shown: readonly JsonDiff[], level: number): void => {
    for (const [index, one] of shown.entries()) {
      const inside = childrenOf(one, showSame);
      const opened = inside.length === 0 ? undefined : isOpen(one, open);
      rows.push({ id: idOf(one), diff: one, level, position: index + 1, siblings: shown.length, open: opened });
      if (opened === true) add(inside, level + 1);
    }
  };
  const top = childrenOf(diff, showSame);
  add(top.length > 0 ? top : diff.kind === 'same' ? [] : [diff], 1);
  return rows;
}

function childrenOf(diff: JsonDiff, showSame: boolean): readonly JsonDiff[] {
  return showSame ? diff.children : diff.children.filter(({ kind }) => kind !== 'same');
}

/** A place where something differs, with the values around it from the outside in. */
export interface TreeStop {
  readonly id: string;
  readonly around: readonly string[];
}

/** The differences in the order of the tree; what came or went whole is one. */
export function treeStops(diff: JsonDiff): readonly TreeStop[] {
  const stops: TreeStop[] = [];
  const look = (one: JsonDiff, around: readonly string[]): void => {
    if (one.kind === 'same') return;
    if (one.kind !== 'within') {
      stops.push({ id: idOf(one), around });
      return;
    }
    const inside = [...around, idOf(one)];
    for (const child of one.children) look(child, inside);
  };
  // A document that came or went whole has no place in it that differs more than another.
  if (diff.kind === 'within' || diff.children.length === 0) look(diff, []);
  return stops;
}

/** The stop after (`1`) or before (`-1`) a row, wherever that is in the tree; undefined at the end. */
export function stopFrom(
  stops: readonly TreeStop[],
  rows: readonly TreeRow[],
  selected: string | undefined,
  by: 1 | -1,
): TreeStop | undefined {
  if (selected === undefined) return by === 1 ? stops[0] : stops.at(-1);
  const at = stops.findIndex(({ id }) => id === selected);
  if (at >= 0) return stops[at + by];
  const places = new Map(rows.map(({ id }, index) => [id, index]));
  const here = places.get(selected) ?? -1;
  // A stop inside a closed value stands where that is.
  const placeOf = ({ id, around }: TreeStop) => places.get(id) ?? Math.max(...around.map((outer) => places.get(outer) ?? -1));
  return by === 1 ? stops.find((stop) => placeOf(stop) >= here) : stops.findLast((stop) => placeOf(stop) < here);
}
