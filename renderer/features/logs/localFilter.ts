import type { LogEntry } from '../../../shared/contract/logs.ts';
import type { Passes } from './lineIndex.ts';
import { isHit, type Search } from './logSearch.ts';

/** What of the lines over SSH is shown; an empty list lets everything through. Levels hold '' for lines that tell none. */
export interface LocalFilter {
  readonly levels: readonly string[];
  /** Paths of files. */
  readonly files: readonly string[];
}

export const noLocalFilter: LocalFilter = { levels: [], files: [] };

/** Whether a line passes. What happened to the log itself is shown with every level, and with the files that it is about. */
export function localPasses({ levels, files }: LocalFilter): Passes {
  const wantedLevels = new Set(levels);
  const wantedFiles = new Set(files);
  return (entry: LogEntry) => {
    if (wantedFiles.size > 0 && entry.file !== undefined && !wantedFiles.has(entry.file)) return false;
    return wantedLevels.size === 0 || entry.mark !== undefined || wantedLevels.has(entry.level);
  };
}

/** Those that pass and are searched for. */
export function hitPasses(passes: Passes, search: Search): Passes {
  return (entry) => passes(entry) && isHit(entry, search);
}
