import { decodeString } from '../state/json.ts';
import { goQuote, indentJson } from './json-text.ts';

/** Inline JSON as `pvr checkout` writes its file: Go's MarshalIndent with 4 spaces, and no newline at the end (repolib.go, resetInternal). */
export function checkedOutJson(canonical: string): string {
  return indentJson(canonical, '    ', (raw) => goQuote(decodeString(raw)));
}

/** What `pvr json` prints of a canonical state. */
export function printedState(canonical: string): string {
  return `${indentJson(canonical, '\t')}\n`;
}
