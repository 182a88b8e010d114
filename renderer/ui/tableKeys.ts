/**
 * The row that a key leads to in a list of `count` rows, or undefined when the key is none of the list's.
 * `page` is how many rows are in sight.
 */
export function rowAfterKey(key: string, current: number | undefined, count: number, page: number): number | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  const within = (index: number) => Math.max(0, Math.min(last, index));
  switch (key) {
    case 'ArrowDown':
      return current === undefined ? 0 : within(current + 1);
    case 'ArrowUp':
      return current === undefined ? last : within(current - 1);
    case 'PageDown':
      return within((current ?? 0) + page);
    case 'PageUp':
      return within((current ?? 0) - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
