import type { LogBuffer } from './logBuffer.ts';

/** The words that a log used so far, sorted: what can be filtered by. */
export interface SeenWords {
  readonly levels: readonly string[];
  readonly sources: readonly string[];
  readonly platforms: readonly string[];
  readonly revisions: readonly string[];
}

export const noWords: SeenWords = { levels: [], sources: [], platforms: [], revisions: [] };

/** So many of the newest lines are looked at. */
const looked = 20_000;

/** The words of the newest lines beside those that were seen before, so that a filter does not take its own other choices away. */
export function wordsOf(buffer: LogBuffer | undefined, seen: SeenWords, revisions: readonly string[]): SeenWords {
  const levels = new Set(seen.levels);
  const sources = new Set(seen.sources);
  const platforms = new Set(seen.platforms);
  const numbers = new Set([...seen.revisions, ...revisions]);
  for (let seq = Math.max(buffer?.first ?? 0, (buffer?.next ?? 0) - looked); seq < (buffer?.next ?? 0); seq += 1) {
    const { level, source, platform, revision } = buffer?.get(seq) ?? {};
    if (level !== undefined) levels.add(level);
    if (source !== undefined) sources.add(source);
    if (platform !== undefined) platforms.add(platform);
    if (revision !== undefined) numbers.add(revision);
  }
  return {
    levels: [...levels].sort(),
    sources: [...sources].sort(),
    platforms: [...platforms].sort(),
    revisions: [...numbers].sort((a, b) => b.localeCompare(a, undefined, { numeric: true })),
  };
}
