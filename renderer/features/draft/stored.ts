import { prettyJson } from '../../../shared/compare/pretty.ts';
import type { Draft } from '../../../shared/contract/draft.ts';
import { parseState, type StateDocument } from '../../../shared/state/state.ts';

/** What the backend holds of an entry: text that is no JSON yet, or its value, or nothing. Two equal tokens mean the same content. */
export function storedToken(draft: Pick<Draft, 'unfinished'>, state: StateDocument | undefined, key: string): string {
  const unfinished = draft.unfinished[key];
  if (unfinished !== undefined) return `typed:${unfinished}`;
  const entry = state?.byKey.get(key);
  return entry === undefined ? 'nothing' : `value:${entry.raw}`;
}

/** The same for a draft whose state is still to be read. */
export function storedIn(draft: Draft, key: string): string {
  const parsed = parseState(draft.text);
  return storedToken(draft, parsed.ok ? parsed.state : undefined, key);
}

/** The text to edit: as typed where it is unfinished, else laid out. */
export function shownText(draft: Pick<Draft, 'unfinished'>, state: StateDocument, key: string): string {
  const unfinished = draft.unfinished[key];
  if (unfinished !== undefined) return unfinished;
  const entry = state.byKey.get(key);
  return entry === undefined ? '' : prettyJson(entry.raw).text;
}
