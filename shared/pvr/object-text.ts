import { canonicalize } from '../state/canonical.ts';
import { JsonSyntaxError } from '../state/json.ts';
import { type JsonMember, readMembers } from '../state/json-members.ts';
import { withMember, withoutMembers } from '../state/splice.ts';

/** Whether the text is one JSON object that names no member twice: pvr takes the last of two, and an edit of the text would hit the first. */
export function isPlainObject(text: string): boolean {
  try {
    const members = readMembers(text);
    return new Set(members.map(({ key }) => key)).size === members.length;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return false;
    throw error;
  }
}

/** The members of an object with their values in canonical form. Throws as canonicalize does. */
export function canonicalMembers(text: string): ReadonlyMap<string, string> {
  return new Map(readMembers(text).map(({ key, start, end }) => [key, canonicalize(text.slice(start, end))]));
}

/** The source text of a member's value. */
export function objectMember(text: string, key: string): string | undefined {
  const found = readMembers(text).find((member) => member.key === key);
  return found === undefined ? undefined : text.slice(found.start, found.end);
}

/** The object with a member's value set, and everything else as it was. One that says the same already stays as it is written. */
export function putMember(text: string, key: string, raw: string): string {
  const members = readMembers(text);
  const existing = members.find((member) => member.key === key);
  if (existing === undefined) return withMember(text, key, `${spaceBeforeValue(text, members[0])}${raw}`);
  if (canonicalize(text.slice(existing.start, existing.end)) === canonicalize(raw)) return text;
  return withMember(text, key, raw);
}

export function takeMember(text: string, key: string): string {
  return withoutMembers(text, new Set([key]));
}

/** What stands between a member's colon and its value, so that an added one looks like its neighbours. */
function spaceBeforeValue(text: string, member: JsonMember | undefined): string {
  if (member === undefined) return '';
  let start = member.start;
  while (/\s/.test(text.charAt(start - 1))) start -= 1;
  return text.slice(start, member.start);
}
