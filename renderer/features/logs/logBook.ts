import type { LogEntry } from '../../../shared/contract/logs.ts';

/** So many lines are kept at most, whichever way they came. */
export const mostLines = 50_000;

/** Lines that came twice are looked for among so many at the edge that they would touch. */
const overlapLooked = 3000;

/** The lines of a log that are at hand: one run without a gap, oldest first. */
export interface LogBook {
  readonly entries: readonly LogEntry[];
  /** Where older ones go on; absent at the beginning of the log. */
  readonly older: OlderLines | undefined;
  /** False once newer lines had to be let go: then the end is not what was logged last. */
  readonly reachesNow: boolean;
  /** When the hub was asked last; undefined until then. */
  readonly heardAt: number | undefined;
}

/** A page's cursor, or, where lines were let go since, the instant to go on from. */
export type OlderLines = { readonly kind: 'cursor'; readonly cursor: string } | { readonly kind: 'before'; readonly at: number };

/** A page as the contract gives it: newest first. */
export interface LogPage {
  readonly entries: readonly LogEntry[];
  readonly older?: string | undefined;
}

/** A book that begins with the newest page. */
export function openBook(page: LogPage): LogBook {
  return { entries: page.entries.toReversed(), older: cursorOf(page), reachesNow: true, heardAt: undefined };
}

/** The same after the line to the backend was lost: what is at hand stays where the new page touches it, else the page stands alone. */
export function reopened(book: LogBook | undefined, page: LogPage): LogBook {
  if (book === undefined || !book.reachesNow) return openBook(page);
  const known = new Set(book.entries.slice(-overlapLooked).map(({ id }) => id));
  if (!page.entries.some(({ id }) => known.has(id))) return openBook(page);
  return withNewer(book, page.entries.toReversed(), book.heardAt);
}

/** Puts an older page before what is at hand. Too many lines: the newest are let go. */
export function withOlder(book: LogBook, page: LogPage, most: number = mostLines): LogBook {
  const known = new Set(book.entries.slice(0, overlapLooked).map(({ id }) => id));
  const fresh = page.entries.toReversed().filter(({ id }) => !known.has(id));
  const all = [...fresh, ...book.entries];
  const kept = all.slice(0, most);
  return { ...book, entries: kept, older: cursorOf(page), reachesNow: book.reachesNow && kept.length === all.length };
}

/** Puts lines that came in behind what is at hand. Too many lines: the oldest are let go, and can be read again. */
export function withNewer(book: LogBook, entries: readonly LogEntry[], heardAt: number | undefined, most = mostLines): LogBook {
  const known = new Set(book.entries.slice(-overlapLooked).map(({ id }) => id));
  const fresh = book.reachesNow ? entries.filter(({ id }) => !known.has(id)) : [];
  if (fresh.length === 0) return { ...book, heardAt };
  const all = [...book.entries, ...fresh];
  const kept = all.slice(-most);
  const [first] = kept;
  const older: OlderLines | undefined =
    kept.length === all.length || first === undefined ? book.older : { kind: 'before', at: first.at ?? 0 };
  return { ...book, entries: kept, older, heardAt };
}

function cursorOf({ older }: LogPage): OlderLines | undefined {
  return older === undefined ? undefined : { kind: 'cursor', cursor: older };
}
