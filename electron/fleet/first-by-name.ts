/** As people order names: "board 9" before "board 10", whatever their case. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The first so many of all by name, in that order; equal ones stay as they came. Ten thousand are not sorted to find a screenful. */
export function firstByName<Item>(items: Iterable<Item>, nameOf: (item: Item) => string, count: number): readonly Item[] {
  const first: { readonly item: Item; readonly name: string }[] = [];
  for (const item of items) {
    const name = nameOf(item);
    const last = first.at(-1);
    if (first.length >= count && last && collator.compare(name, last.name) >= 0) continue;
    first.splice(placeOf(first, name), 0, { item, name });
    if (first.length > count) first.pop();
  }
  return first.map(({ item }) => item);
}

/** Behind all that are the same. */
function placeOf(sorted: readonly { readonly name: string }[], name: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (collator.compare(sorted[middle]?.name ?? '', name) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
