import type { FoundEntry, FoundLine } from './search.ts';

/** Rows of the list of what was found: an entry, and under it its lines. */
export type FoundRow =
  | { readonly kind: 'part'; readonly id: string; readonly open: boolean; readonly found: FoundEntry; readonly hits: number }
  | { readonly kind: 'entry'; readonly id: string; readonly key: string; readonly found: FoundLine };

export function foundRows(found: readonly FoundEntry[], closed: ReadonlySet<string>): readonly FoundRow[] {
  return found.flatMap((entry): readonly FoundRow[] => {
    const open = !closed.has(entry.key);
    const head: FoundRow = { kind: 'part', id: entry.key, open, found: entry, hits: hitsOf(entry) };
    if (!open) return [head];
    const lines = entry.lines.map(
      (line): FoundRow => ({ kind: 'entry', id: `${entry.key}\n${line.line}`, key: entry.key, found: line }),
    );
    return [head, ...lines];
  });
}

/** Matches in an entry: in its key and in its lines. */
export function hitsOf({ inKey, lines }: FoundEntry): number {
  return inKey.length + lines.reduce((sum, line) => sum + line.ranges.length, 0);
}
