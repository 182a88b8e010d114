/** Two items of two lists that are held against each other, by their places; one side is missing where an item came or went. */
export interface ListPair {
  readonly before?: number;
  readonly after?: number;
  /** The item stands at another place among those that are in both lists. */
  readonly moved?: true;
}

/** More comparisons than this, and the items that are left are paired by their places. */
const mostComparisons = 1_000_000;

/**
 * Pairs the items of two lists that have names, each name once in a list: the same name is the same item, wherever it stands. In the
 * newer list's order, with what was removed behind it.
 */
export function pairsByName(before: readonly string[], after: readonly string[]): readonly ListPair[] {
  const placeBefore = new Map(before.map((name, index) => [name, index]));
  const placeAfter = new Map(after.map((name, index) => [name, index]));
  const kept = after.flatMap((name) => placeBefore.get(name) ?? []);
  const inOrder = new Set(longestRise(kept));
  return [
    ...after.map((name, index): ListPair => {
      const old = placeBefore.get(name);
      if (old === undefined) return { after: index };
      return inOrder.has(old) ? { before: old, after: index } : { before: old, after: index, moved: true };
    }),
    ...before.flatMap((name, index): ListPair[] => (placeAfter.has(name) ? [] : [{ before: index }])),
  ];
}

/**
 * Pairs the items of two lists without names: as many equal ones as there are in both in the same order; between those, one by one.
 * `before` and `after` hold a text for each item, the same for equal items.
 */
export function pairsByContent(before: readonly string[], after: readonly string[]): readonly ListPair[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end += 1;
  }
  const middle = equalInOrder(before.slice(start, before.length - end), after.slice(start, after.length - end));
  const equal = [
    ...Array.from({ length: start }, (_, index) => [index, index] as const),
    ...middle.map(([old, now]) => [old + start, now + start] as const),
    ...Array.from({ length: end }, (_, index) => [before.length - end + index, after.length - end + index] as const),
  ];
  const pairs: ListPair[] = [];
  let old = 0;
  let now = 0;
  for (const [nextOld, nextNow] of [...equal, [before.length, after.length] as const]) {
    while (old < nextOld && now < nextNow) pairs.push({ before: old++, after: now++ });
    while (old < nextOld) pairs.push({ before: old++ });
    while (now < nextNow) pairs.push({ after: now++ });
    if (nextOld < before.length && nextNow < after.length) pairs.push({ before: old++, after: now++ });
  }
  return pairs;
}

/** The places of a longest common subsequence; none where finding it would take too long. */
function equalInOrder(before: readonly string[], after: readonly string[]): readonly (readonly [number, number])[] {
  const width = after.length + 1;
  if (before.length * after.length > mostComparisons) return [];
  const longest = new Uint32Array((before.length + 1) * width);
  const at = (old: number, now: number) => longest[old * width + now] ?? 0;
  for (let old = before.length - 1; old >= 0; old -= 1) {
    for (let now = after.length - 1; now >= 0; now -= 1) {
      longest[old * width + now] =
        before[old] === after[now] ? at(old + 1, now + 1) + 1 : Math.max(at(old + 1, now), at(old, now + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let old = 0, now = 0; old < before.length && now < after.length; ) {
    if (before[old] === after[now]) pairs.push([old++, now++]);
    else if (at(old + 1, now) >= at(old, now + 1)) old += 1;
    else now += 1;
  }
  return pairs;
}

/** A longest rising subsequence of numbers that are all different. */
function longestRise(numbers: readonly number[]): readonly number[] {
  const ends: number[] = [];
  const previous = new Map<number, number | undefined>();
  for (const number of numbers) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    previous.set(number, low === 0 ? undefined : ends[low - 1]);
    ends[low] = number;
  }
  const rise: number[] = [];
  for (let number = ends.at(-1); number !== undefined; number = previous.get(number)) rise.push(number);
  return rise;
}
