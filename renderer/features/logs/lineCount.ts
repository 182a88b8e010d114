import type { LogEntry } from '../../../shared/contract/logs.ts';
import { shownText } from './logSearch.ts';

const plain = /^[\x20-\x7e]*$/;
/** Scripts and signs that take two columns in a monospaced font (Unicode, East Asian Width W and F), and emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** How many columns a text takes. */
export function columnsOf(text: string): number {
  if (plain.test(text)) return text.length;
  let columns = 0;
  for (const char of text) columns += wide.test(char) ? 2 : 1;
  return columns;
}

/** How many lines an entry takes where so many columns are there and text breaks at any of them. */
export function lineCount(entry: LogEntry | undefined, columns: number): number {
  if (entry === undefined || entry.mark !== undefined || columns < 1) return 1;
  return Math.max(1, Math.ceil(columnsOf(shownText(entry.text)) / columns));
}
