import { goQuote, indentJson, type JsonValue, NULL, readValue, writeValue } from './json-text.ts';

/** A number that no double holds makes `pvr status`, `diff` and `commit` fail for the whole checkout. */
export class TooLargeForPvr extends Error {
  readonly literal: string;

  constructor(literal: string) {
    super(`the number ${literal.length > 40 ? `${literal.slice(0, 40)}…` : literal} is too large for pvr`);
    this.name = 'TooLargeForPvr';
    this.literal = literal;
  }
}

/**
 * What `pvr diff` prints: the RFC 7386 merge patch from the committed to the working state, laid out with tabs. Numbers are compared and
 * written as doubles, as its JSON patch library does (evanphx/json-patch 4.9.0, CreateMergePatch). Both are given by their members'
 * canonical values. Throws TooLargeForPvr.
 */
export function pvrDiff(pristine: ReadonlyMap<string, string>, working: ReadonlyMap<string, string>): string {
  const patch = pvrPatch(pristine, working);
  return `${indentJson(writeValue({ kind: 'object', members: patch }, goNumber, goQuote), '\t')}\n`;
}

/** How two numbers are compared: as doubles by pvr, as they are by Trailboss. */
export type SameNumber = (a: string, b: string) => boolean;

const sameDouble: SameNumber = (a, b) => Number(a) === Number(b);

/** The members of that merge patch: null for what goes. Throws TooLargeForPvr. */
export function pvrPatch(
  pristine: ReadonlyMap<string, string>,
  working: ReadonlyMap<string, string>,
): ReadonlyMap<string, JsonValue> {
  for (const raw of [...pristine.values(), ...working.values()]) {
    const literal = tooLargeNumber(raw);
    if (literal !== undefined) throw new TooLargeForPvr(literal);
  }
  return membersPatch(pristine, working, sameDouble);
}

/** A list with null in it shows as changed for ever (see `same`). */
export function mayDiffer(raw: string): boolean {
  return raw.includes('null') && raw.includes('[');
}

/** A merge patch between two states, by their members' canonical values. */
export function membersPatch(
  pristine: ReadonlyMap<string, string>,
  working: ReadonlyMap<string, string>,
  sameNumber: SameNumber,
): ReadonlyMap<string, JsonValue> {
  const differing = [...working].filter(([key, raw]) => pristine.get(key) !== raw || mayDiffer(raw));
  const before = new Map<string, JsonValue>();
  const after = new Map<string, JsonValue>();
  for (const [key, raw] of differing) {
    after.set(key, readValue(raw));
    const old = pristine.get(key);
    if (old !== undefined) before.set(key, readValue(old));
  }
  for (const key of pristine.keys()) if (!working.has(key)) before.set(key, NULL);
  return difference(before, after, sameNumber);
}

/** A double as Go's encoding/json writes it; JavaScript's own form is the same. */
export function goNumber(literal: string): string {
  return String(Number(literal));
}

/** The first number in a member's canonical value that no double holds; one that does has at most 309 digits, or an exponent. */
export function tooLargeNumber(raw: string): string | undefined {
  if (raw.length < 300 && !raw.includes('E')) return undefined;
  const waiting: JsonValue[] = [readValue(raw)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'number' && !Number.isFinite(Number(next.literal))) return next.literal;
    if (next.kind === 'array') for (const item of next.items) waiting.push(item);
    if (next.kind === 'object') for (const member of next.members.values()) waiting.push(member);
  }
  return undefined;
}

/** Whether two values inside a list, or two scalars, are the same for that library: null never is, not even to itself (matchesValue). */
function same(a: JsonValue, b: JsonValue | undefined, sameNumber: SameNumber): boolean {
  if (b === undefined) return false;
  if (a.kind === 'object' && b.kind === 'object') {
    return (
      a.members.size === b.members.size && [...a.members].every(([key, value]) => same(value, b.members.get(key), sameNumber))
    );
  }
  if (a.kind === 'array' && b.kind === 'array') {
    return a.items.length === b.items.length && a.items.every((item, at) => same(item, b.items[at], sameNumber));
  }
  if (a.kind === 'number' && b.kind === 'number') return sameNumber(a.literal, b.literal);
  if (isNull(a) || isNull(b)) return false;
  return (a.kind === 'string' || a.kind === 'literal') && a.kind === b.kind && a.text === b.text;
}

function isNull(value: JsonValue): boolean {
  return value.kind === 'literal' && value.text === 'null';
}

function difference(
  before: ReadonlyMap<string, JsonValue>,
  after: ReadonlyMap<string, JsonValue>,
  sameNumber: SameNumber,
): ReadonlyMap<string, JsonValue> {
  const patch = new Map<string, JsonValue>();
  for (const [key, value] of after) {
    const old = before.get(key);
    if (old?.kind === 'object' && value.kind === 'object') {
      const inside = difference(old.members, value.members, sameNumber);
      if (inside.size > 0) patch.set(key, { kind: 'object', members: inside });
    } else if (old === undefined || (!(isNull(old) && isNull(value)) && !same(old, value, sameNumber))) {
      patch.set(key, value);
    }
  }
  for (const key of before.keys()) if (!after.has(key)) patch.set(key, NULL);
  return patch;
}
