import { type JsonNode, nodeAt, readTree } from './json-tree.ts';
import { lineIndex } from './lines.ts';
import { changedPaths } from './paths.ts';

/** Lines of a text (from 1, both inclusive) that carry a changed path. A removed path is marked where the value around it begins. */
export interface LineMark {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly pointer: string;
  readonly line: number;
  readonly endLine: number;
}

/**
 * Which lines of `after` carry a change against `before`, in the order of the text. Both are JSON texts in any layout; an undefined
 * `before` marks everything as added. For the marks beside the older text call it with the two swapped. Throws JsonSyntaxError.
 */
export function lineMarks(before: string | undefined, after: string): readonly LineMark[] {
  const tree = readTree(after);
  const lineAt = lineIndex(after);
  const mark = (kind: LineMark['kind'], pointer: string, node: JsonNode): LineMark => {
    const line = lineAt(node.at);
    return { kind, pointer, line, endLine: kind === 'removed' ? line : lineAt(node.end) };
  };
  if (before === undefined) return [mark('added', '', tree)];
  const marks = changedPaths(before, after).map(({ kind, pointer }) => {
    const shown = kind === 'removed' ? pointer.slice(0, pointer.lastIndexOf('/')) : pointer;
    return mark(kind, pointer, nodeAt(tree, shown) ?? tree);
  });
  return marks.sort((a, b) => a.line - b.line);
}
