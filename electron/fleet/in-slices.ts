import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work on many things before others get their turn; keeping what came of it takes as long again. */
const sliceMs = 10;

/**
 * Does something for each of many, giving others their turn in between. `after` runs after each slice with what came of it, so that
 * it can be kept in one piece. Ends early when the signal says so.
 */
export async function inSlices<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Result | undefined,
  after: (results: readonly Result[]) => void,
  signal: AbortSignal,
): Promise<void> {
  let results: Result[] = [];
  let began = performance.now();
  for (const item of items) {
    const result = work(item);
    if (result !== undefined) results.push(result);
    if (performance.now() - began < sliceMs) continue;
    after(results);
    results = [];
    await setImmediate();
    if (signal.aborted) return;
    began = performance.now();
  }
  if (results.length > 0) after(results);
}
