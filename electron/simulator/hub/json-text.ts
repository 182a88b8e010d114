/** JSON as the hub writes and keeps it: objects put together from texts, keys with dots escaped as MongoDB wanted them. */
import { canonicalize, compareCodePoints, quote } from '../../../shared/state/canonical.ts';

/** Members of an object as JSON texts, in the order in which Go's struct has them. */
export type Members = Readonly<Record<string, string>>;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonMap = Readonly<Record<string, Json>>;

/** FULLWIDTH N: what a dot in a top-level key of a map is stored as (hub: utils/bson.go). */
export const DOT = '\uFF2E';

export { quote };

export function objectText(members: Members): string {
  const parts: string[] = [];
  for (const [key, text] of Object.entries(members)) parts.push(`${quote(key)}:${text}`);
  return `{${parts.join(',')}}`;
}

/** The same with sorted keys, as /trails writes it (hub: utils/canonical-json-mw.go). The members must be canonical themselves. */
export function canonicalText(members: Members): string {
  const keys = Object.keys(members).sort(compareCodePoints);
  return `{${keys.map((key) => `${quote(key)}:${members[key]}`).join(',')}}`;
}

export function canonicalOf(value: unknown): string {
  return canonicalize(JSON.stringify(value));
}

/** Reads a text as JSON; undefined where it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A stored map; an empty one where the text is none. */
export function readMap(text: string): JsonMap {
  const value = parseJson(text);
  return isMap(value) ? value : {};
}

/** hub: utils/bson.go, BsonQuoteMap: top-level keys only. */
export function quoteDots(map: JsonMap): JsonMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key.replaceAll('.', DOT), value]));
}

/** hub: utils/bson.go, BsonUnquoteMap; of two keys that become one the later stays. */
export function unquoteDots(map: JsonMap): JsonMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key.replaceAll(DOT, '.'), value]));
}

/** A stored map's text as it is sent out unescaped. */
export function unquotedText(text: string): string {
  return text.includes(DOT) ? goMap(unquoteDots(readMap(text))) : text;
}

/** A map as Go writes it: keys sorted. */
export function goMap(map: JsonMap): string {
  const sorted = Object.entries(map).sort(([a], [b]) => compareCodePoints(a, b));
  return JSON.stringify(Object.fromEntries(sorted));
}

/** A field of a request's JSON as Go's decoder takes it: another type leaves the zero value. */
export function stringAt(map: JsonMap, key: string): string {
  const value = map[key];
  return typeof value === 'string' ? value : '';
}

export function integerAt(map: JsonMap, key: string): number {
  const value = map[key];
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : 0;
}

export function mapAt(map: JsonMap, key: string): JsonMap | undefined {
  const value = map[key];
  return isMap(value) ? value : undefined;
}
