import { canonicalize } from '../state/canonical.ts';
import { CanonicalNumberError } from '../state/canonical-number.ts';
import { parseSha256, type Sha256 } from '../state/ids.ts';
import { decodeString, JsonSyntaxError } from '../state/json.ts';
import { readMembers } from '../state/json-members.ts';
import { maxStateBytes } from '../state/state.ts';
import { readValue } from './json-text.ts';

/** What pvr takes where a state names no `#spec` (repolib.go, GetWorkingJson). */
export const defaultSpec = '"pantavisor-service-system@1"';

/** The text that `pvr init` writes (cmdinit.go). */
export const emptyPristine = '{ "#spec": "pantavisor-service-system@1" }';

/** A committed state: canonical text, and each member's canonical value. `#spec` is a member as any other. */
export interface Pristine {
  readonly text: string;
  readonly members: ReadonlyMap<string, string>;
}

export type ParsedPristine = { readonly ok: true; readonly pristine: Pristine } | { readonly ok: false; readonly reason: string };

/**
 * Reads `.pvr/json`, or any state that is to become one, as pvr does: the first value only, the last of two equal keys. Refuses what
 * pvr breaks on later: a value that is no sha under a key that is no `.json`, a `#spec` that is no text.
 */
export function parsePristine(text: string): ParsedPristine {
  if (text.length > maxStateBytes) return refused(`it is larger than ${maxStateBytes / 1024 / 1024} MB`);
  try {
    readValue(text);
    const canonical = canonicalize(text);
    if (!canonical.startsWith('{')) return refused('it is no JSON object');
    const members = new Map<string, string>();
    for (const { key, kind, start, end } of readMembers(canonical)) {
      const raw = canonical.slice(start, end);
      if (key === '#spec' && kind !== 'string') return refused('its #spec is no text');
      if (key !== '#spec' && !key.endsWith('.json') && objectSha(raw) === undefined) {
        return refused(`the value of ${JSON.stringify(key)} is no sha256 of an object`);
      }
      members.set(key, raw);
    }
    return { ok: true, pristine: { text: canonical, members } };
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof CanonicalNumberError) return refused(error.message);
    throw error;
  }
}

/** The sha that a member's canonical value is; undefined for inline JSON. */
export function objectSha(raw: string | undefined): Sha256 | undefined {
  return raw?.length === 66 && raw.startsWith('"') ? parseSha256(decodeString(raw)) : undefined;
}

/** Each object that a state names, once, with the keys that have it, in the state's order. */
export function objectsOf({ members }: Pristine): ReadonlyMap<Sha256, readonly string[]> {
  const objects = new Map<Sha256, string[]>();
  for (const [key, raw] of members) {
    const sha = key === '#spec' ? undefined : objectSha(raw);
    if (sha === undefined) continue;
    const keys = objects.get(sha);
    if (keys === undefined) objects.set(sha, [key]);
    else keys.push(key);
  }
  return objects;
}

function refused(reason: string): ParsedPristine {
  return { ok: false, reason: `This is no state of a checkout: ${reason}.` };
}
