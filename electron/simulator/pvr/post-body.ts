import { decodeString, JsonSyntaxError } from '../../../shared/state/json.ts';
import { readMembers } from '../../../shared/state/json-members.ts';

/** What `pvr post` sends: `{"commit-msg"?, "rev"?, "post"|"state": {…}}`. The state keeps its raw text. */
export type PostedState = { readonly state: string; readonly message?: string; readonly revision?: string };

/** @returns undefined where the text is no such body. A `rev` that is a number is none: the device gives the name. */
export function readPostedState(text: string): PostedState | undefined {
  const raw = rawMembers(text);
  const state = raw.get('post') ?? raw.get('state');
  if (state === undefined || !state.startsWith('{')) return undefined;
  const message = textOf(raw.get('commit-msg'));
  const revision = textOf(raw.get('rev'));
  return {
    state,
    ...(message === undefined ? {} : { message }),
    ...(revision?.startsWith('locals/') ? { revision } : {}),
  };
}

function rawMembers(text: string): ReadonlyMap<string, string> {
  try {
    return new Map(readMembers(text.trim()).map((member) => [member.key, text.trim().slice(member.start, member.end)]));
  } catch (error) {
    if (error instanceof JsonSyntaxError) return new Map();
    throw error;
  }
}

function textOf(raw: string | undefined): string | undefined {
  return raw?.startsWith('"') ? decodeString(raw) : undefined;
}
