import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { CanonicalNumberError, canonicalNumber } from './canonical-number.ts';
import { decodeString, type ScalarKind, scanJson } from './json.ts';

const maxGrowth = 1_000_000;
/** `1.5` becomes `1.5E0`: that much is no growth. */
const usualGrowth = 8;

/**
 * The canonical form of a JSON text of any kind, as pvr and the hub compute it (canonicaljson-go 1.0.3 `Marshal` of what Go's
 * decoder reads): no whitespace, keys in code point order, the last of two equal keys, numbers from their literals.
 * As Go's `Decoder` does, it reads the first value only and ignores what follows it.
 * Throws JsonSyntaxError, and CanonicalNumberError for a number that would need more than `maxNumberDigits` digits, or when the
 * text's numbers together would grow by more than `maxGrowth` characters (`1e9999` a million times over).
 */
export function canonicalize(text: string): string {
  const frames: Frame[] = [];
  let result = '';
  let growth = 0;
  const value = (canonical: string): void => {
    const frame = frames.at(-1);
    if (frame === undefined) result = canonical;
    else if (frame.kind === 'array') frame.text += frame.text === '' ? canonical : `,${canonical}`;
    else frame.members.set(frame.key, canonical);
  };
  scanJson(text, 0, {
    open(kind) {
      frames.push(kind === 'array' ? { kind, text: '' } : { kind, key: '', members: new Map() });
    },
    close() {
      const frame = frames.pop();
      if (frame !== undefined) value(frame.kind === 'array' ? `[${frame.text}]` : canonicalObject(frame.members));
    },
    key(start, end) {
      const frame = frames.at(-1);
      if (frame?.kind === 'object') frame.key = canonicalString(text.slice(start, end));
    },
    scalar(kind, start, end) {
      const canonical = canonicalScalar(kind, text.slice(start, end));
      growth += Math.max(0, canonical.length - (end - start) - usualGrowth);
      if (growth > maxGrowth) throw new CanonicalNumberError(text.slice(start, end));
      value(canonical);
    },
  });
  return result;
}

/** sha256 (hex) of the canonical form of a state's text in UTF-8, as the hub computes a `state-sha`. Throws as canonicalize does. */
export function stateSha(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalize(text))));
}

/** Orders strings by code point, which is the order of their UTF-8 bytes; JavaScript's own order differs above U+FFFF. */
export function compareCodePoints(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return codePointRank(left) - codePointRank(right);
  }
  return a.length - b.length;
}

/** A text as a canonical JSON string: only what must be escaped is. A lone surrogate becomes U+FFFD. */
export function quote(text: string): string {
  return `"${text.toWellFormed().replace(MUST_ESCAPE, escapeOf)}"`;
}

type Frame =
  | { readonly kind: 'array'; text: string }
  | { readonly kind: 'object'; key: string; readonly members: Map<string, string> };

/** Keys are compared as what they say: an escape in a quoted key must not move it. */
function canonicalObject(members: ReadonlyMap<string, string>): string {
  const sorted = [...members].map(([key, value]) => ({ said: decodeString(key), key, value }));
  sorted.sort((a, b) => compareCodePoints(a.said, b.said));
  let text = '';
  for (const { key, value } of sorted) text += text === '' ? `${key}:${value}` : `,${key}:${value}`;
  return `{${text}}`;
}

function canonicalScalar(kind: ScalarKind, raw: string): string {
  switch (kind) {
    case 'string':
      return canonicalString(raw);
    case 'number':
      return canonicalNumber(raw);
    case 'literal':
      return raw;
  }
}

function canonicalString(raw: string): string {
  return raw.includes('\\') ? quote(decodeString(raw)) : raw.toWellFormed();
}

const MUST_ESCAPE = /["\\\u0000-\u001f]/g;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

function escapeOf(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Moves surrogates (the halves of everything above U+FFFF) behind U+E000–U+FFFF. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
