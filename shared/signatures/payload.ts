import { canonicalize, quote } from '../state/canonical.ts';
import { CanonicalNumberError } from '../state/canonical-number.ts';
import { readMembers } from '../state/json-members.ts';
import type { StateDocument } from '../state/state.ts';
import { deviceSelector, keysOf, type Patterns, select } from './selection.ts';

export type Payload = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/**
 * What a signature with these patterns signs: canonical JSON of the entries that it covers (libpvr/pvslib.go, selectPayloadBuf). pvr
 * takes them from the committed state.
 */
export function payloadOf(state: StateDocument, patterns: Patterns): Payload {
  const chosen = select(patterns, keysOf(state));
  return chosen.ok ? payloadOfKeys(state, chosen.covered) : chosen;
}

/** The same of keys that were chosen already, in their order; not `ok` where a number of theirs would need too many digits. */
export function payloadOfKeys(state: StateDocument, covered: readonly string[]): Payload {
  try {
    return { ok: true, text: `{${covered.map((key) => `${quote(key)}:${canonicalValue(state, key)}`).join(',')}}` };
  } catch (error) {
    if (error instanceof CanonicalNumberError) return { ok: false, reason: error.message };
    throw error;
  }
}

/** Whether an entry says the same in both states, to a signature. */
export function sameValue(one: StateDocument, other: StateDocument, key: string): boolean {
  if (one.byKey.get(key)?.raw === other.byKey.get(key)?.raw && key !== '#spec') return true;
  try {
    return canonicalValue(one, key) === canonicalValue(other, key);
  } catch (error) {
    if (error instanceof CanonicalNumberError) return false;
    throw error;
  }
}

/** An entry's value in canonical form; `#spec` is an entry to signatures. Throws CanonicalNumberError. */
function canonicalValue(state: StateDocument, key: string): string | undefined {
  if (key === '#spec') return state.spec === undefined ? undefined : quote(state.spec);
  const entry = state.byKey.get(key);
  if (entry === undefined) return undefined;
  return entry.kind === 'object' ? quote(entry.sha) : canonicalize(entry.raw);
}

/**
 * What the device makes the payload of: the entries in the order of the text, with their source text; what is neither object nor array gets
 * quotes, and no entry at all gives a lone brace (pantavisor signature.c, pv_signature_concatenate_json_pairs and
 * pv_signature_get_json_files). It is what was signed only where the state is canonical JSON.
 */
export function devicePayloadOf(state: StateDocument, raw: Patterns): string {
  const choose = deviceSelector(raw);
  const pairs: string[] = [];
  for (const { keyStart, kind, start, end } of readMembers(state.text)) {
    const key = state.text.slice(keyStart + 1, state.text.lastIndexOf('"', start - 1));
    if (choose(key) !== 'covered') continue;
    const value = kind === 'string' ? state.text.slice(start + 1, end - 1) : state.text.slice(start, end);
    pairs.push(/^[{[]/.test(value) ? `"${key}":${value}` : `"${key}":"${value}"`);
  }
  return pairs.length === 0 ? '}' : `{${pairs.join(',')}}`;
}
