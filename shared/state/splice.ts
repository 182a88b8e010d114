import { compareCodePoints, quote } from './canonical.ts';
import { type JsonMember, readMembers } from './json-members.ts';

/**
 * The object `text` with one member's value put in place of the old one, or added at its sorted place (code points); everything
 * else stays as it is, character by character. `raw` is valid JSON. Throws JsonSyntaxError when `text` is no object.
 */
export function withMember(text: string, key: string, raw: string): string {
  const members = readMembers(text);
  const existing = members.find((candidate) => candidate.key === key);
  if (existing !== undefined) return text.slice(0, existing.start) + raw + text.slice(existing.end);
  const added = `${quote(key)}:${raw}`;
  const next = members.find((candidate) => sortsBefore(key, candidate.key));
  if (next !== undefined) {
    return `${text.slice(0, next.keyStart)}${added},${spaceBefore(text, next)}${text.slice(next.keyStart)}`;
  }
  const last = members.at(-1);
  if (last !== undefined) return `${text.slice(0, last.end)},${spaceBefore(text, last)}${added}${text.slice(last.end)}`;
  const open = text.indexOf('{') + 1;
  return text.slice(0, open) + added + text.slice(open);
}

/** The object `text` without its members named in `keys`. */
export function withoutMembers(text: string, keys: ReadonlySet<string>): string {
  const members = readMembers(text);
  const kept = members.filter((candidate) => !keys.has(candidate.key));
  const [first] = members;
  const last = members.at(-1);
  if (kept.length === members.length || first === undefined || last === undefined) return text;
  let result = text.slice(0, first.keyStart);
  let from: JsonMember | undefined;
  for (const candidate of kept) {
    if (from !== undefined) result += `,${spaceBefore(text, candidate)}`;
    result += text.slice(candidate.keyStart, candidate.end);
    from = candidate;
  }
  return result + text.slice(last.end);
}

/** The object `text` with the member moved to the front. */
export function withMemberFirst(text: string, key: string): string {
  const members = readMembers(text);
  const [first] = members;
  const moved = members.find((candidate) => candidate.key === key);
  if (moved === undefined || first === undefined || moved === first) return text;
  const rest = withoutMembers(text, new Set([key]));
  const at = first.keyStart;
  return `${rest.slice(0, at)}${text.slice(moved.keyStart, moved.end)},${spaceBefore(text, moved)}${rest.slice(at)}`;
}

/** `#spec` comes before everything, because the device takes the first one that it finds. */
function sortsBefore(key: string, other: string): boolean {
  return other !== '#spec' && compareCodePoints(key, other) < 0;
}

/** The white space in front of a member, so that an added one looks like its neighbour. */
function spaceBefore(text: string, candidate: JsonMember): string {
  let start = candidate.keyStart;
  while (/\s/.test(text.charAt(start - 1))) start -= 1;
  return text.slice(start, candidate.keyStart);
}
