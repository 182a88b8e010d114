import type { CommitLoss } from '../contract/checkout.ts';
import { canonicalize, compareCodePoints } from '../state/canonical.ts';
import { goNumber, mayDiffer, membersPatch, pvrPatch, tooLargeNumber } from './diff.ts';
import { goQuote, type JsonValue, readValue, writeValue } from './json-text.ts';

/**
 * What a commit by pvr would make of a working state: it applies its own merge patch (evanphx/json-patch 4.9.0, MergePatch), which
 * drops null from what is new or replaced and sends numbers through a double. Members with their canonical values. Throws TooLargeForPvr.
 */
export function pvrCommit(
  pristine: ReadonlyMap<string, string>,
  working: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return applied(pristine, pvrPatch(pristine, working), goNumber);
}

/** What that commit would change without a word, by path. Trailboss commits the exact state instead. */
export function commitLosses(pristine: ReadonlyMap<string, string>, working: ReadonlyMap<string, string>): readonly CommitLoss[] {
  const failing = tooLarge(pristine, working);
  if (failing.length > 0) return failing;
  const changed = [...working].filter(([path, raw]) => pristine.get(path) !== raw || mayDiffer(raw));
  const before = new Map(changed.flatMap(([path]) => memberOf(pristine, path)));
  const after = new Map(changed);
  const committed = pvrCommit(before, after);
  const exact = applied(before, membersPatch(before, after, sameText), (literal) => literal);
  return changed
    .flatMap(([path, raw]) => lossesOf(path, raw, committed.get(path), exact.get(path)))
    .sort((a, b) => compareCodePoints(a.path, b.path));
}

const sameText = (a: string, b: string): boolean => a === b;

function lossesOf(path: string, raw: string, committed: string | undefined, exact: string | undefined): readonly CommitLoss[] {
  if (raw === 'null') return [{ path, kind: 'null', text: 'pvr takes a file that says null for a removed one.' }];
  const losses: CommitLoss[] = [];
  if (exact !== raw) losses.push({ path, kind: 'null', text: 'pvr leaves out what is null where it is new, or in a list.' });
  if (committed !== exact) losses.push({ path, kind: 'number', text: 'pvr rounds its numbers to what a double holds.' });
  return losses;
}

function tooLarge(pristine: ReadonlyMap<string, string>, working: ReadonlyMap<string, string>): readonly CommitLoss[] {
  const losses = new Map<string, CommitLoss>();
  for (const [path, raw] of [...pristine, ...working]) {
    if (tooLargeNumber(raw) === undefined) continue;
    losses.set(path, {
      path,
      kind: 'fails',
      text: 'It holds a number that is too large for pvr: its status, diff and commit fail.',
    });
  }
  return [...losses.values()].sort((a, b) => compareCodePoints(a.path, b.path));
}

function memberOf(members: ReadonlyMap<string, string>, path: string): readonly (readonly [string, string])[] {
  const raw = members.get(path);
  return raw === undefined ? [] : [[path, raw]];
}

function applied(
  pristine: ReadonlyMap<string, string>,
  patch: ReadonlyMap<string, JsonValue>,
  number: (literal: string) => string,
): ReadonlyMap<string, string> {
  const result = new Map(pristine);
  for (const [key, value] of patch) {
    const old = pristine.get(key);
    const merged = merge(old === undefined ? undefined : readValue(old), value, number);
    if (merged === undefined) result.delete(key);
    else result.set(key, canonicalize(writeValue(merged, (literal) => literal, goQuote)));
  }
  return result;
}

/** Undefined for what is gone. `number` is done to the numbers of the patch; those of the document stay as they are. */
function merge(document: JsonValue | undefined, patch: JsonValue, number: (literal: string) => string): JsonValue | undefined {
  if (isNull(patch)) return undefined;
  if (document === undefined || isNull(document) || document.kind !== 'object') return withoutNulls(patch, number);
  if (patch.kind !== 'object') return withNumbers(patch, number);
  const members = new Map(document.members);
  for (const [key, value] of patch.members) {
    const merged = merge(members.get(key), value, number);
    if (merged === undefined) members.delete(key);
    else members.set(key, merged);
  }
  return { kind: 'object', members };
}

function isNull(value: JsonValue): boolean {
  return value.kind === 'literal' && value.text === 'null';
}

function withoutNulls(value: JsonValue, number: (literal: string) => string): JsonValue {
  if (value.kind === 'array') {
    return { kind: 'array', items: value.items.filter((item) => !isNull(item)).map((item) => withoutNulls(item, number)) };
  }
  if (value.kind !== 'object') return withNumbers(value, number);
  const kept = [...value.members].filter(([, member]) => !isNull(member));
  return { kind: 'object', members: new Map(kept.map(([key, member]) => [key, withoutNulls(member, number)])) };
}

function withNumbers(value: JsonValue, number: (literal: string) => string): JsonValue {
  switch (value.kind) {
    case 'number':
      return { kind: 'number', literal: number(value.literal) };
    case 'array':
      return { kind: 'array', items: value.items.map((item) => withNumbers(item, number)) };
    case 'object':
      return { kind: 'object', members: new Map([...value.members].map(([key, member]) => [key, withNumbers(member, number)])) };
    default:
      return value;
  }
}
