import type { JsonDiff } from '../../../../shared/compare/json-diff.ts';
import { strings } from '../../../strings/compare.ts';

/** No row shows more of a value than this, in characters; the whole is on hover and in the copy. */
const mostShown = 300;

/** A value in one line: a scalar as it is written, an object or list by how much is in it. */
export function valueText(diff: JsonDiff, side: 'before' | 'after'): string {
  const text = diff[side]?.text ?? '';
  const first = text.charAt(0);
  if (first !== '{' && first !== '[') return shortened(text);
  const inside = text.slice(1, -1).trim() === '';
  if (inside) return first === '{' ? '{ }' : '[ ]';
  const count = diff.children.filter((child) => child[side] !== undefined).length;
  // One of another shape than on the other side was not taken apart.
  if (count === 0) return shortened(text.replaceAll(/\s+/g, ' '));
  return first === '{' ? strings.members(count) : strings.items(count);
}

export function shortened(text: string): string {
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}
