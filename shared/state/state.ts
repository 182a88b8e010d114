import type { Sha256 } from './ids.ts';
import { parseSha256 } from './ids.ts';
import { decodeString, JsonSyntaxError, placeOf } from './json.ts';
import { type JsonMember, readMembers } from './json-members.ts';

/** One key of a state with its value. `raw` is the value's exact source text, because the device compares that. */
export type StateEntry =
  | { readonly kind: 'object'; readonly key: string; readonly raw: string; readonly sha: Sha256 }
  | { readonly kind: 'json'; readonly key: string; readonly raw: string };

/** A state as people edit it: its text, and its entries in document order. `#spec` is kept apart. */
export interface StateDocument {
  readonly text: string;
  readonly spec: string | undefined;
  readonly entries: readonly StateEntry[];
  readonly byKey: ReadonlyMap<string, StateEntry>;
}

export type ParsedState =
  | { readonly ok: true; readonly state: StateDocument }
  /** `reason` is a sentence for people; `at` the offset in the text (UTF-16 code units) where it went wrong. */
  | { readonly ok: false; readonly reason: string; readonly at?: number };

/** No real state comes near it (they have some hundred kB); more than this is a mistake or an attack. */
export const maxStateBytes = 32 * 1024 * 1024;

/**
 * Reads a state strictly: JSON, an object, no key twice, and each value either an object's sha256 or, under a `.json` key,
 * inline JSON. A `.json` key with a sha256 string is an object, as the device has it (parser_system1.c,
 * system1_parse_objects). What the device itself would make of a text is `shared/forecast`'s business.
 */
export function parseState(text: string): ParsedState {
  if (isLongerThan(text, maxStateBytes)) {
    return { ok: false, reason: `The state is larger than ${maxStateBytes / 1024 / 1024} MB: this is no device's state.` };
  }
  if (text.startsWith('\ufeff')) {
    return { ok: false, reason: 'The text starts with a byte order mark, which the device refuses.', at: 0 };
  }
  try {
    return readState(text, readMembers(text));
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { ok: false, reason: `This is no state: ${error.message}.`, at: error.at };
    throw error;
  }
}

function readState(text: string, members: readonly JsonMember[]): ParsedState {
  const entries: StateEntry[] = [];
  const byKey = new Map<string, StateEntry>();
  let spec: string | undefined;
  for (const member of members) {
    if (byKey.has(member.key) || (member.key === '#spec' && spec !== undefined)) {
      return refused(text, member.keyStart, `The key ${JSON.stringify(member.key)} is there twice`);
    }
    const raw = text.slice(member.start, member.end);
    if (member.key === '#spec') {
      if (member.kind !== 'string') return refused(text, member.start, '"#spec" must be a text');
      spec = decodeString(raw);
      continue;
    }
    const entry = readEntry(member, raw);
    if (entry === undefined) return refused(text, member.start, problemWith(member));
    entries.push(entry);
    byKey.set(entry.key, entry);
  }
  return { ok: true, state: { text, spec, entries, byKey } };
}

function readEntry(member: JsonMember, raw: string): StateEntry | undefined {
  const sha = member.kind === 'string' ? parseSha256(raw.slice(1, -1)) : undefined;
  if (sha !== undefined) return { kind: 'object', key: member.key, raw, sha };
  return member.key.endsWith('.json') ? { kind: 'json', key: member.key, raw } : undefined;
}

function problemWith(member: JsonMember): string {
  const key = JSON.stringify(member.key);
  return `The value of ${key} must be the sha256 of an object (64 lowercase hex digits): inline JSON needs a key that ends in .json`;
}

function refused(text: string, at: number, problem: string): ParsedState {
  return { ok: false, reason: `${problem} (${placeOf(text, at)}).`, at };
}

/** Whether the text has more than `limit` bytes in UTF-8, counted only where its length leaves it open. */
function isLongerThan(text: string, limit: number): boolean {
  if (text.length > limit) return true;
  if (text.length * 3 <= limit) return false;
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return bytes > limit;
}
