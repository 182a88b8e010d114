/**
 * What the device asks of a tokenized text. It looks words up anywhere in the text, takes "the token behind it" for the value
 * of a key, and reads a value by cutting its text out and tokenizing that anew.
 *
 * Source: pantavisor utils/json.c; libthttp jsmn/jsmnutil.c.
 */
import { type Token, type TokenKind, tokenize } from './tokens.ts';

/** A JSON text as the device sees it. */
export interface LenientDocument {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Why the device cannot tokenize the text; the tokens up to there can still be asked for, and the device does so. */
  readonly failure: string | undefined;
  /** Room that the device made for tokens. Room behind the last token reads as an empty text. */
  readonly room: number;
  /** How many tokens each token covers: itself and all that hangs below it. */
  readonly spans: readonly number[];
}

/** A key of an object and the token behind it, which the device takes for its value. */
export interface KeyAndValue {
  readonly key: string;
  /** Bare text of the value: of a string what is between the quotes, escapes as they stand. */
  readonly value: string;
  /** The same with the quotes of a string. */
  readonly literal: string;
  /** Index of the token behind the key. */
  readonly valueIndex: number;
  /** False where the key or its value is opened and never closed, which only a text that cannot be tokenized has. */
  readonly complete: boolean;
}

/** The device makes room for ten tokens and doubles it until they fit (jsmnutil_parse_json). */
const FIRST_ROOM = 10;

/** Reads a text as the device does, up to its first NUL character: the device's texts end there. */
export function readLenient(text: string): LenientDocument {
  const end = text.indexOf('\0');
  const read = end < 0 ? text : text.slice(0, end);
  const { tokens, failure } = tokenize(read);
  let room = FIRST_ROOM;
  while (room < tokens.length) room *= 2;
  return { text: read, tokens, failure, room, spans: spansOf(tokens) };
}

/** The kind of the outermost value; `undefined` where there is none. */
export function rootKind(document: LenientDocument): TokenKind | undefined {
  return document.tokens[0]?.kind;
}

/** Bare text of a token; empty behind the last one; `undefined` where it was never closed. */
export function tokenText(document: LenientDocument, index: number): string | undefined {
  const token = document.tokens[index];
  if (token === undefined) return '';
  return token.end === undefined ? undefined : document.text.slice(token.start, token.end);
}

/** How often a word stands in the text as a string, key or value, at any depth (pv_json_get_key_count). */
export function countWord(document: LenientDocument, word: string): number {
  let count = 0;
  for (const token of document.tokens) if (isString(document, token, word)) count += 1;
  return count;
}

/**
 * The text behind the first string that equals the word, at any depth, key or value (pv_json_get_value). `undefined`: the word
 * is not there, or what follows it is not there or not complete.
 */
export function textBehind(document: LenientDocument, word: string): string | undefined {
  const { tokens, room } = document;
  let at = tokens.findIndex((token) => isString(document, token, word));
  if (at < 0) return undefined;
  for (let token = tokens[at]; token !== undefined && isString(document, token, word); token = tokens[at]) at += 1;
  return at < room ? tokenText(document, at) : undefined;
}

/** Indexes of the tokens that hang directly on one, in order (iterate_json_item). */
export function childIndexes(document: LenientDocument, parent: number): readonly number[] {
  const indexes: number[] = [];
  let at = parent + 1;
  for (let left = document.tokens[parent]?.children ?? 0; left > 0; left -= 1) {
    indexes.push(at);
    at += document.spans[at] ?? 1;
  }
  return indexes;
}

/** The keys of an object with their values, in text order (jsmnutil_get_object_keys). `undefined`: the token is no object. */
export function objectKeys(document: LenientDocument, object = 0): readonly KeyAndValue[] | undefined {
  if (document.tokens[object]?.kind !== 'object') return undefined;
  return childIndexes(document, object).map((index) => keyAt(document, index));
}

function keyAt(document: LenientDocument, index: number): KeyAndValue {
  const key = tokenText(document, index);
  const value = tokenText(document, index + 1);
  const quoted = document.tokens[index + 1]?.kind === 'string';
  return {
    key: key ?? '',
    value: value ?? '',
    literal: quoted ? `"${value ?? ''}"` : (value ?? ''),
    valueIndex: index + 1,
    complete: key !== undefined && value !== undefined,
  };
}

/**
 * The first key that begins with the word (do_lookup_json_key): `groups` is read as `group` where it comes first.
 * @see pantavisor parser/parser_system1.c
 */
export function keyBeginningWith(keys: readonly KeyAndValue[], word: string): KeyAndValue | undefined {
  return keys.find(({ key }) => key.startsWith(word));
}

/** How many elements the outermost array has (jsmnutil_array_count). `undefined`: the outermost value is no array. */
export function arrayLength(document: LenientDocument): number | undefined {
  const root = document.tokens[0];
  return root?.kind === 'array' ? root.children : undefined;
}

function isString(document: LenientDocument, token: Token, word: string): boolean {
  return token.kind === 'string' && token.end === token.start + word.length && document.text.startsWith(word, token.start);
}

function spansOf(tokens: readonly Token[]): readonly number[] {
  const spans = new Array<number>(tokens.length).fill(1);
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    let span = 1;
    for (let left = tokens[index]?.children ?? 0; left > 0; left -= 1) span += spans[index + span] ?? 1;
    spans[index] = span;
  }
  return spans;
}
