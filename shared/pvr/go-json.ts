import { compareCodePoints } from '../state/canonical.ts';
import { decodeString, scanJson } from '../state/json.ts';

/** `indent` undefined: everything on one line. `prefix` stands before every line but the first. */
export interface GoLayout {
  readonly indent?: string;
  readonly prefix?: string;
}

/**
 * A JSON value as Go's encoding/json writes it (Marshal, MarshalIndent; Go 1.19, with which pvr 037 is built): keys sorted by code point,
 * the last of two equal ones, numbers by their literals, and `<`, `>`, `&`, U+2028 and U+2029 escaped. Throws JsonSyntaxError.
 */
export function goJson(text: string, { indent, prefix = '' }: GoLayout = {}): string {
  const frames: Frame[] = [];
  let result = '';
  const line = (depth: number): string => (indent === undefined ? '' : `\n${prefix}${indent.repeat(depth)}`);
  const value = (written: string): void => {
    const frame = frames.at(-1);
    if (frame === undefined) result = written;
    else if (frame.kind === 'array') frame.items.push(written);
    else frame.members.set(frame.key, written);
  };
  scanJson(text, 0, {
    open(kind) {
      frames.push(kind === 'array' ? { kind, items: [] } : { kind, key: '', members: new Map() });
    },
    close() {
      const frame = frames.pop();
      if (frame === undefined) return;
      const [open, close] = frame.kind === 'array' ? '[]' : '{}';
      const parts = frame.kind === 'array' ? frame.items : membersOf(frame.members, indent === undefined ? ':' : ': ');
      const inner = line(frames.length + 1);
      value(parts.length === 0 ? `${open}${close}` : `${open}${inner}${parts.join(`,${inner}`)}${line(frames.length)}${close}`);
    },
    key(start, end) {
      const frame = frames.at(-1);
      if (frame?.kind === 'object') frame.key = decodeString(text.slice(start, end));
    },
    scalar(kind, start, end) {
      const raw = text.slice(start, end);
      value(kind === 'string' ? goString(decodeString(raw)) : raw);
    },
  });
  return result;
}

/** A text as Go's encoding/json quotes it. */
export function goString(text: string): string {
  return `"${text.toWellFormed().replace(MUST_ESCAPE, escapeOf)}"`;
}

type Frame =
  | { readonly kind: 'array'; readonly items: string[] }
  | { readonly kind: 'object'; key: string; readonly members: Map<string, string> };

const MUST_ESCAPE = /["\\<>&\u0000-\u001f\u2028\u2029]/g;
const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function escapeOf(character: string): string {
  return SHORT_ESCAPES.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function membersOf(members: ReadonlyMap<string, string>, colon: string): readonly string[] {
  const sorted = [...members].sort(([a], [b]) => compareCodePoints(a, b));
  return sorted.map(([key, written]) => `${goString(key)}${colon}${written}`);
}
