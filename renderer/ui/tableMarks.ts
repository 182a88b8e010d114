/** The keys from one row to another, both with them, in the order of the table; the other one alone where the first is gone. */
export function keysBetween(keys: readonly string[], from: string, to: string): readonly string[] {
  const [a, b] = [keys.indexOf(from), keys.indexOf(to)];
  if (b === -1) return [];
  if (a === -1) return [to];
  return keys.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** Where a range of marked rows begins, and what was marked before it. */
export interface MarkAnchor {
  readonly key: string;
  readonly base: ReadonlySet<string>;
}

/** What is marked when a range goes from its anchor to a row: a shorter one gives back what a longer one took. */
export function markedRange(keys: readonly string[], { key, base }: MarkAnchor, to: string): ReadonlySet<string> {
  return new Set([...base, ...keysBetween(keys, key, to)]);
}

/**
 * What is marked after one row's mark was turned over. The first mark beside a selected row takes that one in too: two rows were chosen,
 * one after the other.
 */
export function markedAfterToggle(marked: ReadonlySet<string>, key: string, selected?: string): ReadonlySet<string> {
  const next = new Set(marked);
  if (marked.size === 0 && selected !== undefined && selected !== key) next.add(selected);
  if (!next.delete(key)) next.add(key);
  return next;
}
