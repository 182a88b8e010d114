import { useMemo, useRef } from 'react';
import type { LogEntry } from '../../../shared/contract/logs.ts';

/** The words that a log used so far, sorted: what can be filtered by. */
export interface SeenWords {
  readonly levels: readonly string[];
  readonly sources: readonly string[];
  readonly platforms: readonly string[];
  readonly revisions: readonly string[];
}

const nothing: SeenWords = { levels: [], sources: [], platforms: [], revisions: [] };

/** Collects the words of all lines that were shown, so that a filter does not take its own other choices away. */
export function useSeenWords(entries: readonly LogEntry[] | undefined, revisions: readonly string[]): SeenWords {
  const seen = useRef(nothing);
  return useMemo(() => {
    seen.current = withWords(seen.current, entries ?? [], revisions);
    return seen.current;
  }, [entries, revisions]);
}

/** Adds the words of some lines; the same object where there is nothing new. */
export function withWords(seen: SeenWords, entries: readonly LogEntry[], revisions: readonly string[]): SeenWords {
  const levels = new Set(seen.levels);
  const sources = new Set(seen.sources);
  const platforms = new Set(seen.platforms);
  const numbers = new Set([...seen.revisions, ...revisions]);
  for (const { level, source, platform, revision } of entries) {
    levels.add(level);
    if (source !== undefined) sources.add(source);
    if (platform !== undefined) platforms.add(platform);
    if (revision !== undefined) numbers.add(revision);
  }
  const same =
    levels.size === seen.levels.length &&
    sources.size === seen.sources.length &&
    platforms.size === seen.platforms.length &&
    numbers.size === seen.revisions.length;
  if (same) return seen;
  return {
    levels: [...levels].sort(),
    sources: [...sources].sort(),
    platforms: [...platforms].sort(),
    revisions: [...numbers].sort((a, b) => b.localeCompare(a, undefined, { numeric: true })),
  };
}
