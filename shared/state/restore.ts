import { type Edited, removeEntry } from './edit.ts';
import { withMember } from './splice.ts';
import { parseState, type StateDocument } from './state.ts';

/** Puts one entry back to what `base` has, byte for byte: a removed one comes back, an added one goes. */
export function restoreEntry(state: StateDocument, base: StateDocument, key: string): Edited {
  const before = base.byKey.get(key);
  if (before === undefined) return state.byKey.has(key) ? removeEntry(state, key) : { ok: true, state };
  if (state.byKey.get(key)?.raw === before.raw) return { ok: true, state };
  return parseState(withMember(state.text, key, before.raw));
}
