/**
 * How pvr compares a pattern of a signature with a key: bmatcuk/doublestar v1.3.4 `Match` with `/` between segments, as
 * libpvr/pvslib.go `selectPayload` calls it. `**` stands for any number of segments only as a whole segment; `[!a]` is no negation;
 * `{a,b}` are alternatives; nothing is special about a leading dot or `#`.
 */

/** The pattern can't be read; pvr stops with an error. Whether it does depends on the key that it is compared with. */
export class BadPatternError extends Error {
  constructor(pattern: string, problem = 'is no pattern that pvr can read') {
    super(`${JSON.stringify(pattern)} ${problem}`);
    this.name = 'BadPatternError';
  }
}

/** Compared segments and characters that are left: patterns such as `*a*a*a*b` would else take for ever. Usual ones spend none. */
export interface GlobBudget {
  left: number;
}

/** Enough for any pattern that was meant to be one, with all keys of a large state. */
export function globBudget(): GlobBudget {
  return { left: 2_000_000 };
}

/** Throws BadPatternError. */
export type KeyMatcher = (key: string) => boolean;

const SPECIAL = /[*?[{\\]/;

/** A pattern made ready for many keys: the usual ones (`app/**`, a plain path) are compared as texts. */
export function globMatcher(pattern: string, budget: GlobBudget = globBudget()): KeyMatcher {
  if (!SPECIAL.test(pattern)) return (key) => key === pattern;
  if (pattern === '**') return () => true;
  const folder = pattern.slice(0, -'**'.length);
  if (pattern.endsWith('/**') && !SPECIAL.test(folder)) return (key) => key.startsWith(folder);
  return (key) => matchesGlob(pattern, key, budget);
}

/** Throws BadPatternError, also when the budget is spent. */
export function matchesGlob(pattern: string, key: string, budget: GlobBudget = globBudget()): boolean {
  return matchSegments(pattern, splitKey(key), 0, { budget, pattern });
}

interface Work {
  readonly budget: GlobBudget;
  readonly pattern: string;
}

function spend({ budget, pattern }: Work): void {
  budget.left -= 1;
  if (budget.left < 0) throw new BadPatternError(pattern, 'is too entangled to be compared with keys');
}

/** doublestar `splitPathOnSeparator`: a slash behind a backslash does not part. */
function splitKey(key: string): readonly string[] {
  const segments: string[] = [];
  let start = 0;
  for (;;) {
    const end = indexUnescaped(key, '/', start);
    if (end === -1) break;
    segments.push(key.slice(start, end));
    start = end + 1;
  }
  segments.push(key.slice(start));
  return segments;
}

/** doublestar `indexRuneWithEscaping`: what follows an escaped one is looked at anew, so its own backslash does not count for two. */
function indexUnescaped(text: string, character: string, from: number): number {
  let start = from;
  for (;;) {
    const found = text.indexOf(character, start);
    if (found === -1 || found === start || text[found - 1] !== '\\') return found;
    start = found + 1;
  }
}

function matchSegments(pattern: string, segments: readonly string[], from: number, work: Work): boolean {
  spend(work);
  const count = segments.length - from;
  const [first = ''] = segments.slice(from, from + 1);
  if (pattern === '' && count === 1 && first === '') return true;
  const slash = indexUnescaped(pattern, '/', 0);
  if ((slash === -1 ? pattern : pattern.slice(0, slash)) === '**') {
    return slash === -1 || matchAnyTail(pattern.slice(slash + 1), segments, from, work);
  }
  const rests = matchSegment(pattern, first, work);
  if (rests === undefined) return false;
  if (rests.length === 0 && count === 1) return true;
  return count > 1 && rests.some((rest) => matchSegments(rest, segments, from + 1, work));
}

/** The pattern behind a leading `**` against each tail of the key; one that can't be read does not match, as doublestar has it. */
function matchAnyTail(rest: string, segments: readonly string[], from: number, work: Work): boolean {
  for (let at = from; at < segments.length; at += 1) {
    try {
      if (matchSegments(rest, segments, at, work)) return true;
    } catch (error) {
      if (!(error instanceof BadPatternError) || work.budget.left < 0) throw error;
    }
  }
  return false;
}

/**
 * doublestar `matchComponent`: one segment of the key against the pattern's first. The patterns that then have to match the segments
 * behind it; none for a pattern that ends here; undefined when it does not match.
 */
function matchSegment(pattern: string, name: string, work: Work): readonly string[] | undefined {
  let at = 0;
  let nameAt = 0;
  while (at < pattern.length && nameAt < name.length) {
    spend(work);
    const wanted = characterAt(pattern, at);
    const found = characterAt(name, nameAt);
    if (wanted === '/') {
      at += 1;
      break;
    }
    if (wanted === '*') return matchStar(pattern, at + 1, name, nameAt, work);
    if (wanted === '{') return matchAlternatives(pattern, at + 1, name.slice(nameAt), work);
    if (wanted === '[') {
      const end = indexUnescaped(pattern, ']', at + 1);
      if (end === -1) throw new BadPatternError(work.pattern);
      if (!isInClass([...pattern.slice(at + 1, end)], found, work)) return undefined;
      at = end + 1;
    } else if (wanted === '\\') {
      const escaped = characterAt(pattern, at + 1);
      if (escaped === '' || escaped === '\ufffd') throw new BadPatternError(work.pattern);
      if (escaped !== found) return undefined;
      at += 1 + escaped.length;
    } else if (wanted === '?' || wanted === found) {
      at += wanted.length;
    } else {
      return undefined;
    }
    nameAt += found.length;
  }
  return nameAt < name.length ? undefined : restsBehind(pattern, at, work);
}

/** The name is at its end: the pattern must be, or what is left of its segment must be able to stand for nothing. */
function restsBehind(pattern: string, at: number, work: Work): readonly string[] | undefined {
  if (at >= pattern.length) return [];
  const left = pattern.slice(at);
  const slash = indexUnescaped(left, '/', 0);
  if (!canBeEmpty(slash === -1 ? left : left.slice(0, slash), work)) return undefined;
  return slash === -1 ? [] : [left.slice(slash + 1)];
}

function matchStar(pattern: string, at: number, name: string, nameAt: number, work: Work): readonly string[] | undefined {
  if (at >= pattern.length) return [];
  if (pattern[at] === '/') return [pattern.slice(at + 1)];
  const rest = pattern.slice(at);
  for (let start = nameAt; start < name.length; start += characterAt(name, start).length) {
    const rests = matchSegment(rest, name.slice(start), work);
    if (rests !== undefined) return rests;
  }
  return undefined;
}

function matchAlternatives(pattern: string, at: number, name: string, work: Work): readonly string[] | undefined {
  const { options, end } = alternatives(pattern, at, work);
  const behind = pattern.slice(end);
  const found = options.flatMap((option) => {
    const rests = matchSegment(option + behind, name, work);
    return rests === undefined ? [] : [rests];
  });
  return found.length === 0 ? undefined : found.flat();
}

/** What stands between braces; `end` is behind the closing one. */
function alternatives(pattern: string, from: number, work: Work): { readonly options: readonly string[]; readonly end: number } {
  const options: string[] = [];
  let depth = 1;
  let start = from;
  for (let at = from; at < pattern.length; at += 1) {
    const character = pattern[at];
    if (character === '\\') at += characterAt(pattern, at + 1).length;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (character === ',' && depth === 1) {
      options.push(pattern.slice(start, at));
      start = at + 1;
    }
    if (depth === 0) return { options: [...options, pattern.slice(start, at)], end: at + 1 };
  }
  throw new BadPatternError(work.pattern);
}

function canBeEmpty(pattern: string, work: Work): boolean {
  spend(work);
  if (pattern === '' || pattern === '*' || pattern === '**') return true;
  if (pattern[0] !== '{') return false;
  const { options, end } = alternatives(pattern, 1, work);
  return canBeEmpty(pattern.slice(end), work) && options.some((option) => canBeEmpty(option, work));
}

/** `a-z`, `^` in front for what is not in it, `\` before a character that means itself. Read to its end, as doublestar does. */
function isInClass(members: readonly string[], found: string, work: Work): boolean {
  if (members.length === 0) throw new BadPatternError(work.pattern);
  const negated = members[0] === '^';
  let at = negated ? 1 : 0;
  const next = (): string => {
    let member = members[at];
    if (member === undefined || member === '-') throw new BadPatternError(work.pattern);
    at += 1;
    if (member === '\\') {
      member = members[at];
      if (member === undefined) throw new BadPatternError(work.pattern);
      at += 1;
    }
    return member;
  };
  let isIn = false;
  while (at < members.length) {
    const low = next();
    let high = low;
    if (members[at] === '-') {
      at += 1;
      high = next();
    }
    isIn ||= rank(low) <= rank(found) && rank(found) <= rank(high);
  }
  return isIn !== negated;
}

function rank(character: string): number {
  return character.codePointAt(0) ?? -1;
}

/** A whole character, which above U+FFFF is two units; empty behind the end. */
function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}
