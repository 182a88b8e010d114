/**
 * The device's JSON tokenizer: it finds brackets, strings and bare words, and counts what hangs on what, but checks no grammar.
 * Trailing commas, missing colons, unquoted keys and text behind the document pass; what it takes for the structure then
 * decides what the device does, so a strict parser would forecast something else.
 *
 * Source: libthttp jsmn/jsmn.c, jsmn_parse (not strict, without parent links); jsmn/jsmnutil.c, jsmnutil_parse_json.
 */

export type TokenKind = 'object' | 'array' | 'string' | 'word';

export interface Token {
  readonly kind: TokenKind;
  /** Offset of the first character; for a string the one behind its quote. */
  readonly start: number;
  /** Offset behind the last character; for a string that of its closing quote. `undefined`: opened and never closed. */
  end: number | undefined;
  /** How many tokens hang directly on this one: keys on an object, elements on an array, the value on its key. */
  children: number;
}

export interface Tokens {
  /** In the order of the text; what hangs on a token follows it directly. On a failure: those found until then. */
  readonly tokens: readonly Token[];
  /** Why the device gives up on the text, in words. */
  readonly failure: string | undefined;
}

/** What the next token hangs on: a token, or nothing at the top level. */
type Holder = Token | undefined;

/** Splits a text into tokens as the device does. Never throws; linear in the length of the text. */
export function tokenize(text: string): Tokens {
  const tokens: Token[] = [];
  const open: Token[] = [];
  let holder: Holder;
  const add = (kind: TokenKind, start: number, end: number | undefined): Token => {
    const token: Token = { kind, start, end, children: 0 };
    if (holder !== undefined) holder.children += 1;
    tokens.push(token);
    return token;
  };
  const fail = (failure: string): Tokens => ({ tokens, failure });

  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    switch (character) {
      case '{':
      case '[':
        holder = add(character === '{' ? 'object' : 'array', at, undefined);
        open.push(holder);
        break;
      case '}':
      case ']': {
        const closed = open.pop();
        if (closed === undefined) return fail(`"${character}" closes nothing (character ${at})`);
        if (closed.kind !== (character === '}' ? 'object' : 'array'))
          return fail(`"${character}" closes the wrong bracket (character ${at})`);
        closed.end = at + 1;
        holder = open.at(-1);
        break;
      }
      case '"': {
        const end = endOfString(text, at + 1);
        if (typeof end === 'string') return fail(end);
        add('string', at + 1, end);
        at = end;
        break;
      }
      case ':':
        holder = tokens.at(-1);
        break;
      case ',':
        if (holder !== undefined && holder.kind !== 'object' && holder.kind !== 'array') holder = open.at(-1) ?? holder;
        break;
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        break;
      default: {
        const end = endOfWord(text, at);
        if (end === undefined) return fail(`a character outside quotes that is not plain ASCII (behind character ${at})`);
        add('word', at, end);
        at = end - 1;
      }
    }
  }
  return open.length === 0 ? { tokens, failure: undefined } : fail('a bracket is never closed');
}

const escapable = '"/\\bfrnt';

/** Offset of the closing quote, or why there is none. Any character may stand in a string, line breaks too. */
function endOfString(text: string, from: number): number | string {
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') return at;
    if (character !== '\\' || at + 1 >= text.length) continue;
    at += 1;
    const escaped = text.charAt(at);
    if (escaped === 'u') {
      const digits = text.slice(at + 1, at + 5);
      if (!/^[0-9A-Fa-f]*$/.test(digits)) return `a bad \\u escape in a string (character ${at - 1})`;
      at += digits.length;
    } else if (!escapable.includes(escaped)) return `a bad escape in a string (character ${at - 1})`;
  }
  return 'a string is never closed';
}

/** Offset behind a bare word: up to a delimiter or the end. `undefined`: it holds a character that the device does not take. */
function endOfWord(text: string, from: number): number | undefined {
  let at = from;
  for (; at < text.length; at += 1) {
    if (',:]} \t\r\n'.includes(text.charAt(at))) return at;
    const code = text.charCodeAt(at);
    if (code < 32 || code >= 127) return undefined;
  }
  return at;
}
