import type { LogEntry } from '../../../shared/contract/logs.ts';

/** A piece of a line; `hit` is one that was searched for. */
export interface TextPiece {
  readonly at: number;
  readonly text: string;
  readonly hit: boolean;
}

/** What is searched for. */
export interface Search {
  readonly pattern: RegExp | undefined;
  /** Why an expression can't be used, in the browser's words. */
  readonly error: string | undefined;
}

export const noSearch: Search = { pattern: undefined, error: undefined };

/** So much of a line is searched: an expression that goes back and forth must not stop the window. */
const searchedChars = 4000;

/** Reads what was typed: text as it is, or a regular expression. Case does not count. */
export function readSearch(typed: string, isExpression: boolean): Search {
  if (typed === '') return noSearch;
  try {
    const source = isExpression ? typed : typed.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    return { pattern: new RegExp(source, 'gi'), error: undefined };
  } catch (error) {
    return { pattern: undefined, error: error instanceof Error ? error.message : String(error) };
  }
}

const terminalCodes = /\u001b\[[0-9;?]*[A-Za-z]/g;

/** A line's text on one line and without the colour codes that programs write for terminals. */
export function shownText(text: string): string {
  const plain = text.includes('\u001b') ? text.replaceAll(terminalCodes, '') : text;
  return /[\t\r\n]/.test(plain) ? plain.replaceAll('\t', '    ').replaceAll(/\r?\n|\r/g, ' ↵ ') : plain;
}

/** Whether a line has what is searched for, in its text or its source. */
export function isHit(entry: LogEntry, { pattern }: Search): boolean {
  if (pattern === undefined || entry.mark !== undefined) return false;
  return has(pattern, entry.text) || has(pattern, sourceOf(entry));
}

function has(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text.length > searchedChars ? text.slice(0, searchedChars) : text);
}

/** A text cut where it has what is searched for. Joined, the pieces are the text. */
export function pieces(text: string, { pattern }: Search): readonly TextPiece[] {
  if (pattern === undefined) return [{ at: 0, text, hit: false }];
  const found: TextPiece[] = [];
  let from = 0;
  // matchAll goes on from where the last test stopped.
  pattern.lastIndex = 0;
  for (const match of text.slice(0, searchedChars).matchAll(pattern)) {
    const [hit] = match;
    if (hit === '') continue;
    if (match.index > from) found.push({ at: from, text: text.slice(from, match.index), hit: false });
    found.push({ at: match.index, text: hit, hit: true });
    from = match.index + hit.length;
  }
  if (from < text.length) found.push({ at: from, text: text.slice(from), hit: false });
  return found;
}

/** Who wrote a line: the container or `pantavisor`, and which part of it; a log file of a container is named from the container's root. */
export function sourceOf({ platform, source }: Pick<LogEntry, 'platform' | 'source'>): string {
  const part = source?.startsWith('/') ? source.replace(/^\/+/, '') : (source ?? '');
  if (platform === undefined || platform === '') return part;
  return part === '' ? platform : `${platform}/${part}`;
}

/** The same as short as it can be told apart: `web/console` for `web/lxc/console.log`. */
export function shortSourceOf({ platform, source }: Pick<LogEntry, 'platform' | 'source'>): string {
  const part = (source ?? '').slice((source ?? '').lastIndexOf('/') + 1).replace(/\.log$/, '');
  return sourceOf({ platform, source: part === platform ? '' : part });
}
