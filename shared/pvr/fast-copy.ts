import type { Sha256 } from '../state/ids.ts';
import { membersOf, objectsIn, stateWith } from './state-members.ts';

/** A part of the source, and what it is called in the target. */
export interface CopyPair {
  readonly from: string;
  readonly to: string;
}

export interface FastCopied {
  /** Canonical. */
  readonly text: string;
  /** Objects of the entries that were copied, with the entry of the result that refers to each. */
  readonly objects: ReadonlyMap<Sha256, string>;
  /** Entries of the target that are gone. */
  readonly gone: readonly string[];
  /** Entries of the result that come from the source. */
  readonly copied: readonly string[];
}

export type PairsRead =
  | { readonly ok: true; readonly pairs: readonly CopyPair[] }
  | { readonly ok: false; readonly reason: string };

/** The pairs that two fragments of `pvr fastcopy` name: as many on both sides, or none on the target's (libpvr/remotelib.go 76-100). */
export function readPairs(source: string, target: string): PairsRead {
  const from = source.split(',');
  const to = target === '' ? from : target.split(',');
  if (source === '' && target !== '')
    return { ok: false, reason: 'The target names parts and the source none: say which parts they come from.' };
  if (from.length !== to.length) {
    return {
      ok: false,
      reason: `The source names ${from.length} parts and the target ${to.length}: each part needs its counterpart.`,
    };
  }
  const pairs = source === '' ? [] : from.map((part, index) => ({ from: part, to: to[index] ?? part }));
  const reason = pairsProblem(pairs);
  return reason === undefined ? { ok: true, pairs } : { ok: false, reason };
}

/** Why these pairs can't be copied, as a sentence. */
export function pairsProblem(pairs: readonly CopyPair[]): string | undefined {
  for (const { from, to } of pairs) {
    if (from === '' || to === '') return 'A part has a name; without any part everything is copied.';
    if (from.startsWith('-') || to.startsWith('-'))
      return `Copying takes no part away by a minus: ${from.startsWith('-') ? from : to}.`;
  }
  return undefined;
}

/**
 * Parts of `source` put into `target` as `pvr fastcopy` does (libpvr/remotelib.go 100-135): the target's part goes first, unless `merge`;
 * then each entry of the source's part (the part itself, or what lies in it) comes under the target's name. No pair: everything, `#spec`
 * included. Entries are replaced whole, also with `merge`. Both texts are states; throws JsonSyntaxError for one that is no JSON object.
 */
export function fastCopy(source: string, target: string, pairs: readonly CopyPair[], merge: boolean): FastCopied {
  const there = membersOf(source);
  const before = membersOf(target);
  const isReplaced = (key: string) => pairs.length === 0 || pairs.some(({ to }) => key.startsWith(`${to}/`));
  const after = new Map([...before].filter(([key]) => merge || !isReplaced(key)));
  const copied = new Map<string, string>();
  for (const [key, raw] of there) {
    for (const name of newNames(key, pairs)) copied.set(name, raw);
  }
  for (const [key, raw] of copied) after.set(key, raw);
  return {
    text: stateWith(after),
    objects: objectsIn(copied),
    gone: [...before.keys()].filter((key) => !after.has(key)),
    copied: [...copied.keys()],
  };
}

function newNames(key: string, pairs: readonly CopyPair[]): readonly string[] {
  if (pairs.length === 0) return [key];
  return pairs
    .filter(({ from }) => key === from || key.startsWith(`${from}/`))
    .map(({ from, to }) => to + key.slice(from.length));
}
