import { canonicalize, quote } from '../state/canonical.ts';
import { parseSha256, type Sha256 } from '../state/ids.ts';
import { readMembers } from '../state/json-members.ts';

/** The keys of a state with the raw text of their values; of two equal keys the last counts. Throws JsonSyntaxError. */
export function membersOf(text: string): Map<string, string> {
  return new Map(readMembers(text).map(({ key, start, end }) => [key, text.slice(start, end)]));
}

/** The canonical text of a state with these members. */
export function stateWith(members: ReadonlyMap<string, string>): string {
  return canonicalize(`{${[...members].map(([key, raw]) => `${quote(key)}:${raw}`).join(',')}}`);
}

/** The object that a value refers to; undefined for inline JSON. */
export function objectIn(raw: string): Sha256 | undefined {
  return raw.length === 66 ? parseSha256(raw.slice(1, -1)) : undefined;
}

/** Every object of these members, once, with the first key that refers to it. */
export function objectsIn(members: ReadonlyMap<string, string>): ReadonlyMap<Sha256, string> {
  const found = new Map<Sha256, string>();
  for (const [key, raw] of members) {
    const sha = key === '#spec' ? undefined : objectIn(raw);
    if (sha !== undefined && !found.has(sha)) found.set(sha, key);
  }
  return found;
}
