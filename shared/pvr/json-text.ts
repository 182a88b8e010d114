import { compareCodePoints } from '../state/canonical.ts';
import { decodeString, JsonSyntaxError, scanJson } from '../state/json.ts';

/** Deeper nesting is refused where a value is taken apart: no state comes near it, and pvr itself gives up at ten times of it. */
export const maxDepth = 1000;

/** A JSON value with its numbers as they are written. */
export type JsonValue =
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, JsonValue> }
  | { readonly kind: 'array'; readonly items: readonly JsonValue[] }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly literal: string }
  | { readonly kind: 'literal'; readonly text: string };

interface Frame {
  readonly members: Map<string, JsonValue> | undefined;
  readonly items: JsonValue[];
  key: string;
}

/**
 * The first value in the text, as Go's decoder reads it: what follows is ignored, the last of two equal keys counts. Throws
 * JsonSyntaxError, also for a value nested deeper than `maxDepth`.
 */
export function readValue(text: string): JsonValue {
  const frames: Frame[] = [];
  let result: JsonValue = { kind: 'literal', text: 'null' };
  const take = (value: JsonValue): void => {
    const frame = frames.at(-1);
    if (frame === undefined) result = value;
    else if (frame.members === undefined) frame.items.push(value);
    else frame.members.set(frame.key, value);
  };
  scanJson(text, 0, {
    open(kind, at) {
      if (frames.length >= maxDepth) throw new JsonSyntaxError(text, at, `nested deeper than ${maxDepth} levels`);
      frames.push({ members: kind === 'object' ? new Map() : undefined, items: [], key: '' });
    },
    close() {
      const frame = frames.pop();
      if (frame === undefined) return;
      take(frame.members === undefined ? { kind: 'array', items: frame.items } : { kind: 'object', members: frame.members });
    },
    key(start, end) {
      const frame = frames.at(-1);
      if (frame !== undefined) frame.key = decodeString(text.slice(start, end));
    },
    scalar(kind, start, end) {
      const raw = text.slice(start, end);
      if (kind === 'string') take({ kind, text: decodeString(raw) });
      else if (kind === 'number') take({ kind, literal: raw });
      else take({ kind, text: raw });
    },
  });
  return result;
}

/** A value as text: compact, keys in code point order. `number` and `quoted` say how those two are written. */
export function writeValue(value: JsonValue, number: (literal: string) => string, quoted: (text: string) => string): string {
  switch (value.kind) {
    case 'string':
      return quoted(value.text);
    case 'number':
      return number(value.literal);
    case 'literal':
      return value.text;
    case 'array':
      return `[${value.items.map((item) => writeValue(item, number, quoted)).join(',')}]`;
    case 'object': {
      const keys = [...value.members.keys()].sort(compareCodePoints);
      const members = keys.map((key) => `${quoted(key)}:${writeValue(value.members.get(key) ?? NULL, number, quoted)}`);
      return `{${members.join(',')}}`;
    }
  }
}

/** A JSON text as Go's `json.Marshal` writes its value: on one line, keys sorted, numbers by their literals. Throws JsonSyntaxError. */
export function goJson(text: string): string {
  return writeValue(readValue(text), (literal) => literal, goQuote);
}

export const NULL: JsonValue = { kind: 'literal', text: 'null' };

/** A text as Go's encoding/json writes it (1.19): `<`, `>`, `&`, U+2028 and U+2029 are escaped, control characters in lower case hex. */
export function goQuote(text: string): string {
  return `"${text.toWellFormed().replace(GO_ESCAPED, goEscape)}"`;
}

/** A JSON text laid out as Go's `json.Indent` does: one member or item on a line, `{}` and `[]` where there is none. */
export function indentJson(text: string, indent: string, string: (raw: string) => string = (raw) => raw): string {
  const parts: string[] = [];
  const counts: number[] = [];
  const closers: string[] = [];
  let afterKey = false;
  const line = (): void => {
    parts.push(`\n${indent.repeat(counts.length)}`);
  };
  const begin = (): void => {
    const count = counts.at(-1);
    if (afterKey || count === undefined) return;
    if (count > 0) parts.push(',');
    line();
    counts[counts.length - 1] = count + 1;
  };
  scanJson(text, 0, {
    open(kind) {
      begin();
      afterKey = false;
      parts.push(kind === 'object' ? '{' : '[');
      counts.push(0);
      closers.push(kind === 'object' ? '}' : ']');
    },
    close() {
      const count = counts.pop() ?? 0;
      if (count > 0) line();
      parts.push(closers.pop() ?? '');
    },
    key(start, end) {
      begin();
      parts.push(string(text.slice(start, end)), ': ');
      afterKey = true;
    },
    scalar(kind, start, end) {
      begin();
      afterKey = false;
      const raw = text.slice(start, end);
      parts.push(kind === 'string' ? string(raw) : raw);
    },
  });
  return parts.join('');
}

const GO_ESCAPED = /["\\\u0000-\u001f<>&\u2028\u2029]/g;
const GO_SHORT: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function goEscape(character: string): string {
  return GO_SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
