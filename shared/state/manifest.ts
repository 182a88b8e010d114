import { type JsonMember, readMembers } from './json-members.ts';
import type { StateDocument, StateEntry } from './state.ts';

/** A JSON object inside a state (run.json, a group), read the way the device reads it. */
export interface Manifest {
  readonly raw: string;
  readonly members: readonly JsonMember[];
}

/** The object that `raw` is, or undefined when it is another value. `raw` is valid JSON. */
export function readManifest(raw: string): Manifest | undefined {
  return raw.startsWith('{') ? { raw, members: readMembers(raw) } : undefined;
}

/** The inline JSON object under `key`. */
export function manifestAt(state: StateDocument, key: string): Manifest | undefined {
  const entry: StateEntry | undefined = state.byKey.get(key);
  return entry?.kind === 'json' ? readManifest(entry.raw) : undefined;
}

/** The member that the device takes for `name`: the first in the text whose key begins with it (pantavisor jsons.c). */
export function member(manifest: Manifest, name: string): JsonMember | undefined {
  return manifest.members.find((candidate) => candidate.key.startsWith(name));
}

/** The source text of that member's value. */
export function rawMember(manifest: Manifest, name: string): string | undefined {
  const found = member(manifest, name);
  return found === undefined ? undefined : manifest.raw.slice(found.start, found.end);
}

/** A text member as the device has it: escapes are never resolved. Undefined for a value of another kind. */
export function textMember(manifest: Manifest, name: string): string | undefined {
  const found = member(manifest, name);
  return found?.kind === 'string' ? manifest.raw.slice(found.start + 1, found.end - 1) : undefined;
}

/** A list of texts; undefined when the member is missing or no list. Items of another kind are left out. */
export function textsMember(manifest: Manifest, name: string): readonly string[] | undefined {
  const found = member(manifest, name);
  if (found?.kind !== 'array') return undefined;
  const value: unknown = JSON.parse(manifest.raw.slice(found.start, found.end));
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}
