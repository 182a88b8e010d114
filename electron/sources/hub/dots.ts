import { JsonSyntaxError } from '../../../shared/state/json.ts';
import { readMembers } from '../../../shared/state/json-members.ts';
import { hubError } from './words.ts';

/** What the hub's database has in place of a dot in a key: FULLWIDTH LATIN CAPITAL LETTER N (hub: utils/bson.go). */
export const quotedDot = '\uFF2E';

type Meta = Readonly<Record<string, unknown>>;

/** A map's own keys as people know them: the hub forgets in several of its answers to put the dots back. */
export function withDots(map: Meta): Meta {
  if (!Object.keys(map).some((key) => key.includes(quotedDot))) return map;
  const entries = Object.entries(map);
  // Where both forms are there, the quoted one is what the hub's other answers show under this name.
  const quoted = entries.filter(([key]) => key.includes(quotedDot)).map(([key, value]) => [unquoted(key), value] as const);
  return Object.fromEntries([...entries.filter(([key]) => !key.includes(quotedDot)), ...quoted]);
}

/** Throws BAD_INPUT for keys that the hub would store under another name, or not at all. */
export function checkKeys(keys: Iterable<string>): void {
  for (const key of keys) {
    if (!key.includes(quotedDot) && !key.startsWith('$')) continue;
    throw hubError('BAD_INPUT', {
      what: `The hub can’t store the key “${key}” under this name.`,
      next: 'Choose a key without the character U+FF2E, and without $ at its start.',
    });
  }
}

/** A state's text with the dots put back in the keys of its top level, and otherwise as it was, number for number. */
export function textWithDots(text: string): string {
  if (!text.includes(quotedDot) && !/\\uff2e/i.test(text)) return text;
  let result = '';
  let done = 0;
  for (const { key, keyStart } of readMembers(text)) {
    if (!key.includes(quotedDot)) continue;
    result += text.slice(done, keyStart) + JSON.stringify(unquoted(key));
    done = endOfString(text, keyStart);
  }
  return result + text.slice(done);
}

/** The keys of a state's top level; undefined for a text that is no JSON object. */
export function topKeys(text: string): readonly string[] | undefined {
  try {
    return readMembers(text).map(({ key }) => key);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

function unquoted(key: string): string {
  return key.replaceAll(quotedDot, '.');
}

/** Where the JSON string that starts at `start` ends. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}
