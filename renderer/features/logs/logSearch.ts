import type { LogEntry } from '../../../shared/contract/logs.ts';

/** A piece of a line; `hit` is one that was searched for. */
export interface TextPiece {
  readonly at: number;
  readonly text: string;
  readonly hit: boolean;
}

/** A line's text on one line and without the colour codes that programs write for terminals. */
export function shownText(text: string): string {
  return text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replaceAll(/\r?\n/g, ' ↵ ');
}

/** Whether a line has what is searched for, in its text or its source; case does not count. Empty: no line has it. */
export function isHit(entry: LogEntry, wanted: string): boolean {
  if (wanted === '') return false;
  const lower = wanted.toLowerCase();
  return entry.text.toLowerCase().includes(lower) || sourceOf(entry).toLowerCase().includes(lower);
}

/** A text cut where it has what is searched for. Joined, the pieces are the text. */
export function pieces(text: string, wanted: string): readonly TextPiece[] {
  if (wanted === '') return [{ at: 0, text, hit: false }];
  const lower = text.toLowerCase();
  // A text whose length changes with its case can't be cut by it.
  if (lower.length !== text.length) return [{ at: 0, text, hit: false }];
  const target = wanted.toLowerCase();
  const found: TextPiece[] = [];
  let from = 0;
  for (let at = lower.indexOf(target); at !== -1; at = lower.indexOf(target, from)) {
    if (at > from) found.push({ at: from, text: text.slice(from, at), hit: false });
    found.push({ at, text: text.slice(at, at + target.length), hit: true });
    from = at + target.length;
  }
  if (from < text.length) found.push({ at: from, text: text.slice(from), hit: false });
  return found;
}

/** Who wrote a line: the container or `pantavisor`, and which part of it; a log file of a container is named from the container's root. */
export function sourceOf({ platform, source }: Pick<LogEntry, 'platform' | 'source'>): string {
  return [platform, source?.replace(/^\/+/, '')].filter((part) => part !== undefined && part !== '').join('/');
}
