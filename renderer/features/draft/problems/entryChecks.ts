import { type JsonNode, nodeAt, readTree } from '../../../../shared/compare/json-tree.ts';
import { prettyJson } from '../../../../shared/compare/pretty.ts';
import { entryRemarks } from '../../../../shared/state/entry-problems.ts';
import type { StateEntry } from '../../../../shared/state/state.ts';
import { checkSchema } from '../schemas/check.ts';
import { schemaOf } from '../schemas/index.ts';

/** A remark about one entry by itself; `line` (from 1) is that of the entry as it is laid out. */
export interface CheckRemark {
  readonly line: number;
  readonly text: string;
  /** Only matters where a hub is on the way. */
  readonly onlyHub: boolean;
}

/** What is found in single entries. It is kept from one state to the next, because most entries stay as they are. */
export interface EntryChecks {
  remarksOf(entry: StateEntry): readonly CheckRemark[];
  /** The line of the value that a pointer (RFC 6901) names, or of the nearest one around it. */
  lineOf(entry: StateEntry | undefined, pointer: string): number | undefined;
}

/** So many texts are remembered; a state has some thousand entries at the most. */
const kept = 20_000;

export function createEntryChecks(): EntryChecks {
  const known = new Map<string, readonly CheckRemark[]>();
  return {
    remarksOf(entry) {
      const schema = schemaOf(entry.key);
      const id = schema === undefined ? entry.raw : `${entry.key}\n${entry.raw}`;
      const before = known.get(id);
      if (before !== undefined) return before;
      const remarks = check(entry);
      if (known.size >= kept) known.clear();
      known.set(id, remarks);
      return remarks;
    },
    lineOf(entry, pointer) {
      if (entry?.kind !== 'json') return undefined;
      return lineIn(prettyJson(entry.raw).text, pointer);
    },
  };
}

function check({ key, raw }: StateEntry): readonly CheckRemark[] {
  const schema = schemaOf(key);
  const alone = entryRemarks(raw);
  if (schema === undefined && alone.length === 0) return [];
  const { text } = prettyJson(raw);
  const remarks = entryRemarks(text).map(({ at, text: said, onlyHub }) => ({ line: lineAt(text, at), text: said, onlyHub }));
  if (schema === undefined) return remarks;
  const tree = readTree(text);
  const held = checkSchema(text, tree, schema).map(({ pointer, text: said }) => ({
    line: lineAt(text, nearest(tree, pointer).at),
    text: named(pointer, said),
    onlyHub: false,
  }));
  return [...held, ...remarks];
}

/** The line on which the value begins that a pointer names, in any JSON text; undefined in text that is no JSON. */
export function lineIn(text: string, pointer: string): number | undefined {
  try {
    return lineAt(text, nearest(readTree(text), pointer).at);
  } catch {
    return undefined;
  }
}

function nearest(tree: JsonNode, pointer: string): JsonNode {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const node = nodeAt(tree, at);
    if (node !== undefined) return node;
  }
  return tree;
}

function named(pointer: string, said: string): string {
  const name = pointer.slice(pointer.lastIndexOf('/') + 1);
  return pointer === '' ? said : `${name}: ${said}`;
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', next + 1)) line += 1;
  return line;
}
