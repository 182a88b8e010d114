/**
 * How the device goes through an array of groups or disks. It steps over an element by twice the number of its keys, so a
 * nested object or array in any element but the last leads it into the middle of that element.
 *
 * Source: pantavisor parser/parser_system1.c, parse_groups and parse_disks_ex.
 */
import { arrayLength, type LenientDocument, readLenient, tokenText } from '../lenient/document.ts';
import { Refusal } from './verdicts.ts';

/** How often the whole text may be read over again on astray ways; no state that makes sense needs more than once or twice. */
const MOST_READINGS = 8;
const MORE_CHARACTERS = 100_000;

/** The elements that the device comes by, each read anew. The length must be known to be above 0. */
export function* walkElements(array: LenientDocument): Generator<LenientDocument, void, void> {
  let characters = array.text.length * MOST_READINGS + MORE_CHARACTERS;
  let at = 1;
  for (let left = arrayLength(array) ?? 0; left > 0; left -= 1) {
    const text = tokenText(array, at) ?? '';
    characters -= text.length;
    if (characters < 0) throw new Refusal('a list of groups or disks is nested beyond reading');
    const element = readLenient(text);
    yield element;
    const root = element.tokens[0];
    // The device's count of keys is -1 for what is no object.
    at += 1 + 2 * (root?.kind === 'object' ? root.children : -1);
  }
}
