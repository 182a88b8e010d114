import { canonicalize, quote } from './canonical.ts';
import { CanonicalNumberError } from './canonical-number.ts';
import { containersOf } from './containers.ts';
import { parseSha256, type Sha256 } from './ids.ts';
import { expectEnd, JsonSyntaxError, scanJson } from './json.ts';
import { readMembers } from './json-members.ts';
import { keyProblem } from './keys.ts';
import { containerFolders, partOf } from './parts.ts';
import { withMember, withMemberFirst, withoutMembers } from './splice.ts';
import { parseState, type StateDocument } from './state.ts';

/** What an edit gives: a new document, or a sentence that says why not. The document that came in is never changed. */
export type Edited = { readonly ok: true; readonly state: StateDocument } | { readonly ok: false; readonly reason: string };

/**
 * Puts inline JSON under a key, in canonical form. Entries that are not named stay byte for byte as they were; so does this one
 * when its value is the same as before, because the device would take another formatting for a change.
 */
export function setJson(state: StateDocument, key: string, jsonText: string): Edited {
  const canonical = canonicalValue(jsonText);
  if (!canonical.ok) return refuse(`${JSON.stringify(key)}: ${canonical.reason}`);
  const before = state.byKey.get(key);
  const problem = before?.kind === 'json' ? undefined : keyProblem(key, 'json');
  if (problem !== undefined) return refuse(problem);
  if (canonical.text === 'null') return refuse(`${JSON.stringify(key)} can't be null: pvr would take it for removed.`);
  if (parseSha256(canonical.text.slice(1, -1)) !== undefined) {
    return refuse(`The value of ${JSON.stringify(key)} would be taken for an object's sha256.`);
  }
  if (before?.kind === 'json' && canonicalize(before.raw) === canonical.text) return { ok: true, state };
  return finish(withMember(state.text, key, canonical.text));
}

/** Makes a key refer to an object. */
export function setObject(state: StateDocument, key: string, sha: Sha256): Edited {
  const before = state.byKey.get(key);
  const problem = before === undefined ? keyProblem(key, 'object') : undefined;
  if (problem !== undefined) return refuse(problem);
  if (before?.kind === 'object' && before.sha === sha) return { ok: true, state };
  return finish(withMember(state.text, key, quote(sha)));
}

export function removeEntry(state: StateDocument, key: string): Edited {
  if (!state.byKey.has(key)) return refuse(`There is no entry ${JSON.stringify(key)}.`);
  return finish(withoutMembers(state.text, new Set([key])));
}

/**
 * Removes a container with everything that is its own: its folder, `_config/<container>/…` and `_sigs/<container>.json`. What is left
 * behind would make the device reboot or crash at a later update.
 */
export function removeContainer(state: StateDocument, name: string): Edited {
  if (!containersOf(state).some((container) => container.name === name)) return refuse(`There is no container ${name}.`);
  const folders = containerFolders(state);
  const own = state.entries.filter(({ key }) => {
    const part = partOf(key, folders);
    return part.kind === 'container' && part.name === name;
  });
  return finish(withoutMembers(state.text, new Set(own.map(({ key }) => key))));
}

/** Gives an entry another key; its value keeps its text. */
export function renameEntry(state: StateDocument, from: string, to: string): Edited {
  const entry = state.byKey.get(from);
  if (entry === undefined) return refuse(`There is no entry ${JSON.stringify(from)}.`);
  if (from === to) return { ok: true, state };
  if (state.byKey.has(to)) return refuse(`There is an entry ${JSON.stringify(to)} already.`);
  const problem = keyProblem(to, entry.kind);
  if (problem !== undefined) return refuse(problem);
  return finish(withMember(withoutMembers(state.text, new Set([from])), to, entry.raw));
}

/** Reads the edited text as a state again. */
function finish(text: string): Edited {
  const parsed = parseState(specFirst(text));
  return parsed.ok ? parsed : refuse(parsed.reason);
}

/**
 * The device takes the first `"#spec"` anywhere in the text for the state's own (pantavisor parser.c), and crashes on a wrong one:
 * when an edit brought another before it, the state's own moves to the front.
 */
export function specFirst(text: string): string {
  const own = readMembers(text).find(({ key }) => key === '#spec');
  if (own === undefined || text.indexOf('"#spec"') === own.keyStart) return text;
  return withMemberFirst(text, '#spec');
}

function canonicalValue(
  jsonText: string,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string } {
  try {
    const end = scanJson(jsonText, 0, { open() {}, close() {}, key() {}, scalar() {} });
    expectEnd(jsonText, end);
    return { ok: true, text: canonicalize(jsonText) };
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof CanonicalNumberError)
      return { ok: false, reason: `${error.message}.` };
    throw error;
  }
}

function refuse(reason: string): Edited {
  return { ok: false, reason };
}
