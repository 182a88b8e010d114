import { prettyJson } from '../../../../shared/compare/pretty.ts';
import { type FindQuery, type FoundEntry, patternOf, searchEntry } from './search.ts';

/** An entry to search: inline JSON as it is stored, a file's text, or its key alone. */
export interface FindEntry {
  readonly key: string;
  readonly raw?: string;
  readonly text?: string;
}

export type FindOrder =
  | { readonly kind: 'entries'; readonly entries: readonly FindEntry[] }
  | { readonly kind: 'search'; readonly query: FindQuery };

/** Some more of what was found; `done` with the last of it. */
export interface FindReport {
  readonly found: readonly FoundEntry[];
  readonly done: boolean;
}

/** So long, in milliseconds, the worker searches before it tells what it has. */
const slice = 30;

let entries: readonly FindEntry[] = [];
const laidOut = new Map<string, string>();

self.onmessage = ({ data }: MessageEvent<FindOrder>) => {
  if (data.kind === 'entries') entries = data.entries;
  else search(data.query);
};

function search(query: FindQuery): void {
  const pattern = patternOf(query);
  if (!pattern.ok) {
    tell({ found: [], done: true });
    return;
  }
  let found: FoundEntry[] = [];
  let told = performance.now();
  for (const entry of entries) {
    const one = searchEntry(entry.key, textOf(entry), pattern.regex);
    if (one !== undefined) found.push(one);
    if (performance.now() - told < slice) continue;
    tell({ found, done: false });
    found = [];
    told = performance.now();
  }
  tell({ found, done: true });
}

function textOf({ raw, text }: FindEntry): string | undefined {
  if (raw === undefined) return text;
  const known = laidOut.get(raw);
  if (known !== undefined) return known;
  const shown = prettyJson(raw).text;
  laidOut.set(raw, shown);
  return shown;
}

function tell(report: FindReport): void {
  self.postMessage(report);
}
