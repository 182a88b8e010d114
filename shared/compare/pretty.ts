import { expectEnd, scanJson } from '../state/json.ts';
import { type JsonNode, nodeAt, readTree } from './json-tree.ts';
import { lineIndex } from './lines.ts';

/** JSON laid out for reading. `lineOf` gives the line (from 1) on which the value that an RFC 6901 pointer names begins. */
export interface PrettyJson {
  readonly text: string;
  lineOf(pointer: string): number | undefined;
}

const INDENT = '  ';
/** Deeper levels are not moved further right: a hostile nesting would make the text grow with its square. */
const maxIndent = 100;

/** Lays a JSON text out, one member or item a line. Number literals, escapes and key order stay as they are. Throws JsonSyntaxError. */
export function prettyJson(raw: string): PrettyJson {
  const text = layOut(raw);
  let tree: JsonNode | undefined;
  let lineAt: ((offset: number) => number) | undefined;
  return {
    text,
    lineOf(pointer) {
      tree ??= readTree(text);
      lineAt ??= lineIndex(text);
      const node = nodeAt(tree, pointer);
      return node === undefined ? undefined : lineAt(node.at);
    },
  };
}

function layOut(raw: string): string {
  const pieces: string[] = [];
  const filled: boolean[] = [];
  let afterKey = false;
  const newLine = (): string => `\n${INDENT.repeat(Math.min(filled.length, maxIndent))}`;
  const startItem = (): void => {
    if (afterKey) {
      afterKey = false;
      return;
    }
    const isFilled = filled.at(-1);
    if (isFilled === undefined) return;
    pieces.push(isFilled ? ',' : '', newLine());
    filled[filled.length - 1] = true;
  };
  const end = scanJson(raw, 0, {
    open(kind) {
      startItem();
      pieces.push(kind === 'object' ? '{' : '[');
      filled.push(false);
    },
    close(at) {
      const wasFilled = filled.pop();
      if (wasFilled) pieces.push(newLine());
      pieces.push(raw.charAt(at - 1));
    },
    key(start, stop) {
      startItem();
      pieces.push(raw.slice(start, stop), ': ');
      afterKey = true;
    },
    scalar(_kind, start, stop) {
      startItem();
      pieces.push(raw.slice(start, stop));
    },
  });
  expectEnd(raw, end);
  return pieces.join('');
}
