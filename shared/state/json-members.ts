import { decodeString, expectEnd, JsonSyntaxError, type ScalarKind, scanJson, skipSpace } from './json.ts';

export type JsonKind = 'object' | 'array' | ScalarKind;

/** One member of a top-level object, with its place in the text. Offsets are UTF-16 code units, ends exclusive. */
export interface JsonMember {
  readonly key: string;
  readonly keyStart: number;
  readonly kind: JsonKind;
  readonly start: number;
  readonly end: number;
}

/** The members of the object that `text` is, in document order; duplicates included. Throws JsonSyntaxError, also for another value. */
export function readMembers(text: string): readonly JsonMember[] {
  const first = skipSpace(text, 0);
  const members: JsonMember[] = [];
  let depth = 0;
  let key = '';
  let keyStart = 0;
  let start = 0;
  let kind: JsonKind = 'literal';
  const end = scanJson(text, first, {
    open(opened, at) {
      if (depth === 1) {
        kind = opened;
        start = at;
      }
      depth += 1;
    },
    close(at) {
      depth -= 1;
      if (depth === 1) members.push({ key, keyStart, kind, start, end: at });
    },
    key(from, to) {
      if (depth !== 1) return;
      key = decodeString(text.slice(from, to));
      keyStart = from;
    },
    scalar(scalar, from, to) {
      if (depth === 1) members.push({ key, keyStart, kind: scalar, start: from, end: to });
    },
  });
  expectEnd(text, end);
  if (text.charAt(first) !== '{') throw new JsonSyntaxError(text, first, 'expected an object in braces');
  return members;
}
