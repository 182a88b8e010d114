import { readTree } from '../compare/json-tree.ts';
import { decodeString, JsonSyntaxError } from '../state/json.ts';

/** The names of the groups that a groups.json lists, as pvr reads it; none where it is missing, no list or no JSON (libpvr/repolib.go). */
export function groupNames(text: string | undefined): readonly (string | undefined)[] {
  if (text === undefined) return [];
  try {
    const root = readTree(text);
    if (root.kind !== 'array') return [];
    return [...root.children.values()].map((group) => {
      const name = group.kind === 'object' ? group.children.get('name') : undefined;
      return name?.kind === 'string' ? decodeString(text.slice(name.start, name.end)) : undefined;
    });
  } catch (error) {
    if (error instanceof JsonSyntaxError) return [];
    throw error;
  }
}

/** The group of an app that names none: the last of groups.json (libpvr/repolib.go, GetDefaultGroup). */
export function lastGroupOf(text: string | undefined): string | undefined {
  return groupNames(text).at(-1);
}
