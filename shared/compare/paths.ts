import { childPointer, type JsonNode, readTree } from './json-tree.ts';
import { sayTheSame } from './same-json.ts';

/** One place inside a JSON value that differs. `pointer` is RFC 6901, `before` and `after` are source texts. */
export type JsonPathChange =
  | { readonly kind: 'added'; readonly pointer: string; readonly after: string }
  | { readonly kind: 'removed'; readonly pointer: string; readonly before: string }
  | { readonly kind: 'changed'; readonly pointer: string; readonly before: string; readonly after: string };

/**
 * Where two JSON values differ in what they say: members by key, list items by index, scalars by value (`1.0` is `1`). To show only:
 * what a change does to a device comes from the raw text. In the newer text's order, with what was removed behind its siblings.
 * Throws JsonSyntaxError.
 */
export function changedPaths(beforeRaw: string, afterRaw: string): readonly JsonPathChange[] {
  const changes: JsonPathChange[] = [];
  const pending: Pair[] = [{ pointer: '', before: readTree(beforeRaw), after: readTree(afterRaw) }];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const { pointer, before, after } = pair;
    if (
      before !== undefined &&
      after !== undefined &&
      'children' in before &&
      'children' in after &&
      before.kind === after.kind
    ) {
      pending.push(...childPairs(pointer, before.children, after.children).reverse());
    } else {
      const change = changeAt(pointer, textOf(beforeRaw, before), textOf(afterRaw, after));
      if (change !== undefined) changes.push(change);
    }
  }
  return changes;
}

interface Pair {
  readonly pointer: string;
  readonly before: JsonNode | undefined;
  readonly after: JsonNode | undefined;
}

function childPairs(pointer: string, before: ReadonlyMap<string, JsonNode>, after: ReadonlyMap<string, JsonNode>): Pair[] {
  const pairs: Pair[] = [];
  for (const [key, node] of after) pairs.push({ pointer: childPointer(pointer, key), before: before.get(key), after: node });
  for (const [key, node] of before) {
    if (!after.has(key)) pairs.push({ pointer: childPointer(pointer, key), before: node, after: undefined });
  }
  return pairs;
}

function changeAt(pointer: string, before: string | undefined, after: string | undefined): JsonPathChange | undefined {
  if (before === undefined) return after === undefined ? undefined : { kind: 'added', pointer, after };
  if (after === undefined) return { kind: 'removed', pointer, before };
  if (before === after || sameScalar(before, after)) return undefined;
  return { kind: 'changed', pointer, before, after };
}

function sameScalar(before: string, after: string): boolean {
  const bothNumbers = isNumber(before) && isNumber(after);
  const bothStrings = before.startsWith('"') && after.startsWith('"');
  return (bothNumbers || bothStrings) && sayTheSame(before, after);
}

function isNumber(raw: string): boolean {
  return /^[-\d]/.test(raw);
}

function textOf(raw: string, node: JsonNode | undefined): string | undefined {
  return node === undefined ? undefined : raw.slice(node.start, node.end);
}
