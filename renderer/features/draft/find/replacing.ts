import { prettyJson } from '../../../../shared/compare/pretty.ts';
import { setJson } from '../../../../shared/state/edit.ts';
import type { StateDocument } from '../../../../shared/state/state.ts';
import { type FindQuery, type FoundEntry, patternOf, replacedText } from './search.ts';

export interface ReplacedLine {
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** What a replacement makes of one entry: its new text, or why it is left alone. */
export type Replacement =
  | { readonly ok: true; readonly key: string; readonly text: string; readonly lines: readonly ReplacedLine[] }
  | { readonly ok: false; readonly key: string; readonly reason: string };

/** What replacing every match would make of the inline JSON that was found. An entry that would be no JSON stays as it is. */
export function planReplacing(
  state: StateDocument,
  found: readonly FoundEntry[],
  query: FindQuery,
  replacement: string,
): readonly Replacement[] {
  const pattern = patternOf(query);
  if (!pattern.ok) return [];
  return found.flatMap(({ key, lines: hits }): Replacement[] => {
    const entry = state.byKey.get(key);
    if (entry?.kind !== 'json' || hits.length === 0) return [];
    const before = prettyJson(entry.raw).text.split('\n');
    const after = before.map((line) => replacedText(line, pattern.regex, replacement, query.regex));
    const text = after.join('\n');
    const lines = before.flatMap((line, index) => {
      const now = after[index] ?? '';
      return now === line ? [] : [{ line: index + 1, before: line, after: now }];
    });
    if (lines.length === 0) return [];
    const tried = setJson(state, key, text);
    return [tried.ok ? { ok: true, key, text, lines } : { ok: false, key, reason: tried.reason }];
  });
}
