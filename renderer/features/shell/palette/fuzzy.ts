/** Something to be found by typing. `text` is in lower case; `also` is looked through as well, and counts less. */
export interface Findable {
  readonly text: string;
  readonly also?: string;
}

const nowhere = -1;

/** Whether a word begins at a place: after a space, a dash, a slash, a dot, or at the very beginning. */
function isBeginning(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1));
}

/** How well a word fits a text, 0 to 100; -1 where it does not. The whole before the beginning, before the middle, before single letters. */
export function wordScore(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at === 0) return text.length === word.length ? 100 : 90;
  if (at > 0) {
    let place = at;
    while (place !== nowhere && !isBeginning(text, place)) place = text.indexOf(word, place + 1);
    return place === nowhere ? 50 - Math.min(at, 20) : 75;
  }
  return word.length < 2 ? nowhere : lettersScore(word, text);
}

/** `ghd` fits `greenhouse door`: each letter in order; those that begin a word or follow one another count most. */
function lettersScore(word: string, text: string): number {
  let from = 0;
  let good = 0;
  for (const letter of word) {
    const at = text.indexOf(letter, from);
    if (at === nowhere) return nowhere;
    if (at === from || isBeginning(text, at)) good += 1;
    from = at + 1;
  }
  // Letters strewn anywhere fit nearly every long text.
  return good * 2 < word.length ? nowhere : Math.round((25 * good) / word.length);
}

/** How well everything that was typed fits; -1 where a word of it fits nowhere. `words` are in lower case. */
export function fuzzyScore(words: readonly string[], { text, also }: Findable): number {
  let sum = 0;
  for (const word of words) {
    const own = wordScore(word, text);
    const other = also?.includes(word) === true ? 30 : nowhere;
    const best = Math.max(own, other);
    if (best === nowhere) return nowhere;
    sum += best;
  }
  return words.length === 0 ? 0 : sum / words.length;
}

/** The items that fit what was typed, best first; those that fit alike keep their order. No more than `most`. */
export function bestOf<Item extends Findable>(typed: string, items: Iterable<Item>, most: number): readonly Item[] {
  const words = wordsOf(typed);
  const found: { readonly item: Item; readonly score: number; readonly place: number }[] = [];
  let place = 0;
  for (const item of items) {
    const score = fuzzyScore(words, item);
    if (score !== nowhere) found.push({ item, score, place });
    place += 1;
  }
  found.sort((a, b) => b.score - a.score || a.place - b.place);
  return found.slice(0, most).map(({ item }) => item);
}

export function wordsOf(typed: string): readonly string[] {
  return typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}
