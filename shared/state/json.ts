/**
 * A strict JSON scanner (RFC 8259) that reports where things are instead of building values, so that the exact source text of
 * a value, a number's digits and the order of keys survive. Linear in the text, and without recursion: nesting has no limit.
 */

/** What the scanner meets, in document order. Offsets are UTF-16 code units; `end` is exclusive. */
export interface JsonEvents {
  open(kind: 'object' | 'array', at: number): void;
  close(end: number): void;
  /** A member's name, quotes included. */
  key(start: number, end: number): void;
  scalar(kind: ScalarKind, start: number, end: number): void;
}

export type ScalarKind = 'string' | 'number' | 'literal';

/** The text is no JSON. `at` is the offset of the first character that does not fit. */
export class JsonSyntaxError extends Error {
  readonly at: number;

  constructor(text: string, at: number, problem: string) {
    super(`${problem} at ${placeOf(text, at)}`);
    this.name = 'JsonSyntaxError';
    this.at = at;
  }
}

/** "line 3, column 7": both from 1, columns in UTF-16 code units as editors count them. */
export function placeOf(text: string, at: number): string {
  let line = 1;
  let lineStart = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', next + 1)) {
    line += 1;
    lineStart = next + 1;
  }
  return `line ${line}, column ${at - lineStart + 1}`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const LITERALS = ['true', 'false', 'null'] as const;
const ESCAPABLE = '"\\/bfnrt';

/**
 * Scans one JSON value that starts at `from` (whitespace before it is skipped) and returns the offset behind it.
 * What follows the value is not looked at. Throws JsonSyntaxError.
 */
export function scanJson(text: string, from: number, events: JsonEvents): number {
  const insideObject: boolean[] = [];
  let at = skipSpace(text, from);
  for (;;) {
    const code = text.charCodeAt(at);
    let opened = false;
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      const isObject = code === OPEN_BRACE;
      events.open(isObject ? 'object' : 'array', at);
      insideObject.push(isObject);
      at = skipSpace(text, at + 1);
      opened = text.charCodeAt(at) !== (isObject ? CLOSE_BRACE : CLOSE_BRACKET);
      if (opened && isObject) at = scanKey(text, at, events);
      if (!opened) {
        insideObject.pop();
        at += 1;
        events.close(at);
      }
    } else {
      at = scanScalar(text, at, code, events);
    }
    if (opened) continue;
    for (;;) {
      const isObject = insideObject.at(-1);
      if (isObject === undefined) return at;
      at = skipSpace(text, at);
      const next = text.charCodeAt(at);
      if (next === COMMA) {
        at = skipSpace(text, at + 1);
        if (isObject) at = scanKey(text, at, events);
        break;
      }
      if (next !== (isObject ? CLOSE_BRACE : CLOSE_BRACKET)) {
        throw unexpected(
          text,
          at,
          isObject ? 'expected a comma or the closing brace' : 'expected a comma or the closing bracket',
        );
      }
      insideObject.pop();
      at += 1;
      events.close(at);
    }
  }
}

/** The offset of the next character that is no JSON whitespace. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at += 1;
  }
}

/** Throws JsonSyntaxError when anything but whitespace follows `from`. */
export function expectEnd(text: string, from: number): void {
  const at = skipSpace(text, from);
  if (at < text.length) throw unexpected(text, at, 'expected the end of the text');
}

/** What a string's source text (quotes included) says. A lone surrogate becomes U+FFFD, as Go and pvr decode it. */
export function decodeString(raw: string): string {
  const inner = raw.slice(1, -1);
  if (!inner.includes('\\')) return inner.toWellFormed();
  const decoded: unknown = JSON.parse(`"${inner.toWellFormed()}"`);
  return String(decoded).toWellFormed();
}

function scanKey(text: string, at: number, events: JsonEvents): number {
  if (text.charCodeAt(at) !== QUOTE) throw unexpected(text, at, 'expected a key in double quotes');
  const end = scanString(text, at);
  events.key(at, end);
  const colon = skipSpace(text, end);
  if (text.charCodeAt(colon) !== COLON) throw unexpected(text, colon, 'expected a colon behind the key');
  return skipSpace(text, colon + 1);
}

function scanScalar(text: string, at: number, code: number, events: JsonEvents): number {
  if (code === QUOTE) {
    const end = scanString(text, at);
    events.scalar('string', at, end);
    return end;
  }
  if (code === MINUS || isDigit(code)) {
    const end = scanNumber(text, at);
    events.scalar('number', at, end);
    return end;
  }
  for (const literal of LITERALS) {
    if (text.startsWith(literal, at)) {
      events.scalar('literal', at, at + literal.length);
      return at + literal.length;
    }
  }
  throw unexpected(text, at, 'expected a value');
}

function scanString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) {
      at = scanEscape(text, at);
    } else if (code < 0x20) {
      throw new JsonSyntaxError(text, at, 'a control character must be escaped in a string');
    } else if (at >= text.length) {
      throw new JsonSyntaxError(text, at, 'the text ends inside a string');
    } else {
      at += 1;
    }
  }
}

function scanEscape(text: string, at: number): number {
  const escaped = text.charAt(at + 1);
  if (escaped === 'u') {
    if (!/^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) {
      throw new JsonSyntaxError(text, at, 'expected four hex digits behind \\u');
    }
    return at + 6;
  }
  if (escaped === '' || !ESCAPABLE.includes(escaped)) throw new JsonSyntaxError(text, at, 'unknown escape in a string');
  return at + 2;
}

function scanNumber(text: string, start: number): number {
  let at = text.charCodeAt(start) === MINUS ? start + 1 : start;
  at = text.charCodeAt(at) === ZERO ? at + 1 : scanDigits(text, at, 'expected a digit');
  if (text.charCodeAt(at) === DOT) at = scanDigits(text, at + 1, 'expected a digit behind the decimal point');
  const exponent = text.charAt(at);
  if (exponent === 'e' || exponent === 'E') {
    const sign = text.charAt(at + 1);
    at = scanDigits(text, sign === '+' || sign === '-' ? at + 2 : at + 1, 'expected a digit in the exponent');
  }
  return at;
}

function scanDigits(text: string, start: number, problem: string): number {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at += 1;
  if (at === start) throw unexpected(text, at, problem);
  return at;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= 0x39;
}

function unexpected(text: string, at: number, problem: string): JsonSyntaxError {
  if (at >= text.length) return new JsonSyntaxError(text, text.length, `${problem}, but the text ends`);
  const found = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return new JsonSyntaxError(text, at, `${problem}, found ${JSON.stringify(found)}`);
}
