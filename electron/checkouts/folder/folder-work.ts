import type { PvrObjects } from '../pvr-folder.ts';
import type { Disk } from './disk.ts';
import type { FileFacts } from './file-facts.ts';
import type { FolderPaths } from './paths.ts';
import type { WholeReading } from './reading.ts';

/** What the parts of the work on one checkout share. */
export interface FolderWork {
  readonly paths: FolderPaths;
  readonly disk: Disk;
  readonly facts: FileFacts;
  readonly objects: PvrObjects;
  readonly read: (signal: AbortSignal) => Promise<WholeReading>;
}
