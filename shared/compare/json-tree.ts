import { decodeString, expectEnd, scanJson } from '../state/json.ts';

/** A JSON value with its place in the text. Offsets are UTF-16 code units, ends exclusive. */
export type JsonNode =
  | { readonly kind: 'string' | 'number' | 'literal'; readonly at: number; readonly start: number; readonly end: number }
  | {
      readonly kind: 'object' | 'array';
      /** Where the member starts: its key's quote in an object, else `start`. */
      readonly at: number;
      readonly start: number;
      end: number;
      /** Members by key (the last of two equal ones), or items by index as text; in document order. */
      readonly children: Map<string, JsonNode>;
    };

/** Reads a whole JSON text into nodes, without recursion. Throws JsonSyntaxError. */
export function readTree(text: string): JsonNode {
  type Open = Extract<JsonNode, { readonly kind: 'object' | 'array' }>;
  const stack: Open[] = [];
  let root: JsonNode | undefined;
  let key = '';
  let keyStart = -1;
  const place = (node: JsonNode): void => {
    const parent = stack.at(-1);
    if (parent === undefined) root = node;
    else parent.children.set(parent.kind === 'object' ? key : String(parent.children.size), node);
  };
  const memberStart = (start: number): number => (stack.at(-1)?.kind === 'object' ? keyStart : start);
  const end = scanJson(text, 0, {
    open(kind, start) {
      const node: Open = { kind, at: memberStart(start), start, end: start, children: new Map() };
      place(node);
      stack.push(node);
    },
    close(at) {
      const node = stack.pop();
      if (node !== undefined) node.end = at;
    },
    key(start, stop) {
      key = decodeString(text.slice(start, stop));
      keyStart = start;
    },
    scalar(kind, start, stop) {
      place({ kind, at: memberStart(start), start, end: stop });
    },
  });
  expectEnd(text, end);
  return root ?? { kind: 'literal', at: 0, start: 0, end: 0 };
}

/** The child pointer (RFC 6901) of `parent`. */
export function childPointer(parent: string, key: string): string {
  return `${parent}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The node that an RFC 6901 pointer names; `''` is the whole value. */
export function nodeAt(root: JsonNode, pointer: string): JsonNode | undefined {
  if (pointer === '') return root;
  let node: JsonNode | undefined = root;
  for (const token of pointer.split('/').slice(1)) {
    if (node === undefined || !('children' in node)) return undefined;
    node = node.children.get(token.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return node;
}
