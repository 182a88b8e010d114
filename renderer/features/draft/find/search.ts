/** What is searched for. */
export interface FindQuery {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  readonly regex: boolean;
}

export type Pattern = { readonly ok: true; readonly regex: RegExp } | { readonly ok: false; readonly reason: string };

/** Makes a pattern of what was typed; a regular expression that can't be read is told. */
export function patternOf({ text, matchCase, wholeWord, regex }: FindQuery): Pattern {
  const source = regex ? text : text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  // Word characters of any script; `\b` knows ASCII only.
  const whole = wholeWord ? `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])` : source;
  try {
    return { ok: true, regex: new RegExp(whole, matchCase ? 'gmu' : 'gimu') };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** A line with what was found in it. `line` is from 1; `ranges` are offsets in `text`, ends exclusive. */
export interface FoundLine {
  readonly line: number;
  readonly text: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** What was found in one entry. `inKey`: ranges in its key. */
export interface FoundEntry {
  readonly key: string;
  readonly inKey: readonly (readonly [from: number, to: number])[];
  readonly lines: readonly FoundLine[];
}

/** Longer lines are shown around their first hit only, in UTF-16 code units. */
const shownLine = 240;
/** So many lines of one entry are listed. */
const linesOfEntry = 500;

/** Searches an entry's key and, where there is one, its text. Undefined where nothing is found. Matches never span lines. */
export function searchEntry(key: string, text: string | undefined, regex: RegExp): FoundEntry | undefined {
  const inKey = rangesIn(key, regex);
  const lines = text === undefined ? [] : searchLines(text, regex);
  return inKey.length === 0 && lines.length === 0 ? undefined : { key, inKey, lines };
}

function searchLines(text: string, regex: RegExp): readonly FoundLine[] {
  const found: FoundLine[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const ranges = rangesIn(line, regex);
    const [first] = ranges;
    if (first === undefined) continue;
    found.push({ line: index + 1, ...shortened(line, ranges, first[0]) });
    if (found.length >= linesOfEntry) break;
  }
  return found;
}

function rangesIn(text: string, regex: RegExp): (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  for (const match of text.matchAll(regex)) {
    if (match[0] !== '') ranges.push([match.index, match.index + match[0].length]);
    if (ranges.length >= 100) break;
  }
  return ranges;
}

function shortened(line: string, ranges: FoundLine['ranges'], first: number): Pick<FoundLine, 'text' | 'ranges'> {
  if (line.length <= shownLine) return { text: line, ranges };
  const from = Math.max(0, first - 40);
  const to = Math.min(line.length, from + shownLine);
  const text = `${from > 0 ? '…' : ''}${line.slice(from, to)}${to < line.length ? '…' : ''}`;
  const by = from - (from > 0 ? 1 : 0);
  return {
    text,
    ranges: ranges.filter(([start, end]) => start >= from && end <= to).map(([start, end]) => [start - by, end - by]),
  };
}

/** Text with every match put in place of another: as it stands, or with `$1` and its like where the pattern is one. */
export function replacedText(text: string, regex: RegExp, replacement: string, isPattern: boolean): string {
  return isPattern ? text.replace(regex, replacement) : text.replace(regex, () => replacement);
}
