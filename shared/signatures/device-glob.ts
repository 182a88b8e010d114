import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { KeyMatcher } from './glob.ts';

/**
 * How the device compares a pattern of a signature with a key: the C library's fnmatch with FNM_PATHNAME, with FNM_LEADING_DIR on the
 * folder of a pattern that ends in `/**` (pantavisor signature.c, _filter_json). So `a/**` also means `a` itself, another `**` is a `*`
 * within one segment, there are no alternatives, and `**` alone, which becomes the empty pattern, means nothing but absolute paths.
 * Bytes are compared: the device sets no locale. A bracket that does not close stands for itself.
 */
export function deviceMatcher(pattern: string): KeyMatcher {
  if (pattern === '**') return (key) => key === '' || key.startsWith('/');
  const isFolder = pattern.endsWith('/**');
  const path = isFolder ? folderOf(pattern) : pattern;
  if (!/[*?[\\]/.test(path)) return (key) => key === path || (isFolder && key.startsWith(path) && key[path.length] === '/');
  const wanted = binary(path).split('/').map(segmentTokens);
  return (key) => {
    const segments = binary(key).split('/');
    const fits = isFolder ? segments.length >= wanted.length : segments.length === wanted.length;
    return fits && wanted.every((tokens, at) => matchesSegment(tokens, segments[at] ?? ''));
  };
}

/** POSIX dirname of a path that ends in a segment. */
function folderOf(path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/')).replace(/\/+$/, '');
  return folder === '' ? '/' : folder;
}

/** One character for each byte. */
function binary(text: string): string {
  if (/^[\u0000-\u007f]*$/.test(text)) return text;
  return [...utf8ToBytes(text)].map((byte) => String.fromCharCode(byte)).join('');
}

type Token = { readonly kind: 'star' } | { readonly kind: 'one'; readonly fits: (byte: string) => boolean };

const star: Token = { kind: 'star' };

/** A token that nothing fits: a pattern may not end in a backslash. */
const nothing: Token = { kind: 'one', fits: () => false };

function segmentTokens(segment: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < segment.length) {
    const character = segment.charAt(at);
    if (character === '*') tokens.push(star);
    else if (character === '?') tokens.push({ kind: 'one', fits: () => true });
    else if (character === '\\') {
      at += 1;
      tokens.push(at < segment.length ? literal(segment.charAt(at)) : nothing);
    } else {
      const end = character === '[' ? classEnd(segment, at) : -1;
      tokens.push(end === -1 ? literal(character) : bracket(segment.slice(at + 1, end)));
      if (end !== -1) at = end;
    }
    at += 1;
  }
  return tokens;
}

function literal(character: string): Token {
  return { kind: 'one', fits: (byte) => byte === character };
}

/** Where the bracket that opens at `start` closes; -1 when it does not. A `]` that comes first is a member. */
function classEnd(segment: string, start: number): number {
  let at = start + 1;
  if (segment[at] === '!' || segment[at] === '^') at += 1;
  for (let first = true; at < segment.length; first = false) {
    if (segment[at] === ']' && !first) return at;
    at += segment[at] === '\\' ? 2 : 1;
  }
  return -1;
}

function bracket(inside: string): Token {
  const negated = inside[0] === '!' || inside[0] === '^';
  const ranges: { readonly low: string; readonly high: string }[] = [];
  let at = negated ? 1 : 0;
  const next = (): string => {
    if (inside[at] === '\\') at += 1;
    const member = inside.charAt(at);
    at += 1;
    return member;
  };
  while (at < inside.length) {
    const low = next();
    const isRange = inside[at] === '-' && at + 1 < inside.length;
    if (isRange) at += 1;
    ranges.push({ low, high: isRange ? next() : low });
  }
  return { kind: 'one', fits: (byte) => ranges.some(({ low, high }) => low <= byte && byte <= high) !== negated };
}

/** Goes back to the last star only: that is enough, and keeps it quick. */
function matchesSegment(tokens: readonly Token[], segment: string): boolean {
  let token = 0;
  let at = 0;
  let starToken = -1;
  let starAt = 0;
  while (at < segment.length) {
    const wanted = tokens[token];
    if (wanted?.kind === 'star') {
      starToken = token;
      starAt = at;
      token += 1;
    } else if (wanted?.kind === 'one' && wanted.fits(segment.charAt(at))) {
      token += 1;
      at += 1;
    } else if (starToken !== -1) {
      starAt += 1;
      at = starAt;
      token = starToken + 1;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every(({ kind }) => kind === 'star');
}
