import type { CommitLoss, Damage, Remotes, StatusLine } from '../../shared/contract/checkout.ts';
import type { Sha256 } from '../../shared/state/ids.ts';

/** What `.pvr/json`, `.pvr/new` and `.pvr/config` were when they were read: a write names it, and is refused when they changed. */
export type FolderMark = string & { readonly FolderMark: unique symbol };

/** A checkout as it stands on the disk. Texts are canonical as pvr writes them. */
export interface FolderReading {
  readonly mark: FolderMark;
  /** `.pvr/json`; undefined when it can't be read as a state. */
  readonly committed: string | undefined;
  /** The working state; undefined when a tracked file is no JSON or can't be read (`problems`). */
  readonly working: string | undefined;
  readonly status: readonly StatusLine[];
  readonly problems: readonly { readonly path: string; readonly text: string }[];
  readonly losses: readonly CommitLoss[];
  readonly damage: readonly Damage[];
  readonly remotes: Remotes;
  readonly objectsDir: string;
}

export interface Step {
  readonly text: string;
  readonly objects?: { readonly done: number; readonly total: number };
  readonly bytes?: { readonly done: number; readonly total?: number };
}

/** The object folder of a checkout, which other checkouts may share: nothing in it is ever deleted or written in place. */
export interface PvrObjects {
  path(sha: Sha256): string;
  /** Size in bytes; undefined when it is not there. Its bytes are not looked at. */
  size(sha: Sha256): Promise<number | undefined>;
  /** Takes bytes in under a temporary name, and keeps them only when they have that sha: BAD_CHECKSUM otherwise. */
  take(sha: Sha256, bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void>;
  /** A hard link to a file that has been checked, a clone or a copy where there can be none. */
  link(sha: Sha256, file: string, signal: AbortSignal): Promise<void>;
  /** A copy of a file that may change later, cloned where the file system can; BAD_CHECKSUM when what was copied has another sha. */
  clone(sha: Sha256, file: string, signal: AbortSignal): Promise<void>;
}

/** What the last reset or get overwrote or removed. */
export interface FolderBackup {
  readonly id: string;
  readonly at: number;
  readonly label: string;
  readonly files: number;
}

/** Who works on a checkout right now. */
export interface FolderUser {
  readonly by: 'pvr' | 'trailboss';
  readonly pid: number;
  readonly command: string;
}

/**
 * A checkout on the disk as pvr keeps it (pvr.md §1, §2). Writes go by temporary file and rename. Whatever writes takes the checkout for
 * itself by `exclusively`, which may be nested; what says "only inside" must be called within it.
 */
export interface PvrFolder {
  readonly root: string;
  readonly objects: PvrObjects;
  read(signal: AbortSignal): Promise<FolderReading>;
  /** Who else writes here now: another Trailboss, or a `pvr` in this folder (seen on Linux only, by /proc). */
  user(): Promise<FolderUser | undefined>;
  /**
   * Runs `work` while no other Trailboss writes here, and after a running `pvr` has ended (waits for it; CANCELLED by the signal). With
   * `mark` CONFLICT when pvr's files are not what they were.
   */
  exclusively<T>(work: () => Promise<T>, signal: AbortSignal, mark?: FolderMark): Promise<T>;
  /** Makes `text` the committed state. The objects must be there. Only inside `exclusively`. */
  replaceCommitted(text: string): Promise<void>;
  /**
   * Writes files as committed (all of them, or `keys`), inline JSON with 4 spaces as pvr does, objects checked against their sha. `remove`
   * are files that go. What is overwritten or removed is moved into a backup first. `committed` becomes the committed state before: a crash
   * in between shows as damage, unlike after `replaceCommitted`. Only inside `exclusively`.
   */
  checkOut(
    wish: {
      readonly keys?: readonly string[];
      readonly remove?: readonly string[];
      readonly label: string;
      readonly committed?: string;
    },
    signal: AbortSignal,
    tell: (step: Step) => void,
  ): Promise<void>;
  /** `only` leaves those that have an address already, as pvr does for put and post. */
  setRemotes(remotes: Partial<Remotes>, only?: 'where-empty'): Promise<void>;
  /**
   * Begins to track files, as `pvr add` does; without paths all that are untracked. Says how many. BAD_INPUT for a path that can't be
   * tracked (a folder, what pvr skips), NOT_FOUND for one that is not there.
   */
  add(paths: readonly string[], raw: boolean, signal: AbortSignal): Promise<number>;
  /** Takes back that files were added and not committed yet; the files stay. */
  forgetAdded(paths: readonly string[]): Promise<void>;
  /** Commits exactly the working state, its objects before it. Says its canonical text. BAD_STATE while a tracked file has a problem. */
  commit(message: string, signal: AbortSignal, tell: (step: Step) => void): Promise<string>;
  backup(): Promise<FolderBackup | undefined>;
  /** Brings the files of a backup back; what is there instead becomes the backup, or is given up where a failed work left it. */
  restoreBackup(id: string, instead?: 'kept' | 'given-up'): Promise<void>;
  /** Takes the backup away. */
  dropBackup(): Promise<void>;
  /** Mends what `read` found, by the ids of `damage`. Nothing that can't be made again is deleted. */
  mend(ids: readonly string[], signal: AbortSignal, tell: (step: Step) => void): Promise<void>;
  /** Reads every object of the committed state, and tells of those whose bytes are not what their name says. */
  checkObjects(signal: AbortSignal, tell: (step: Step) => void): Promise<readonly Damage[]>;
  /** A file of the working tree; `mark` is the sha256 of its bytes. NOT_FOUND where it is none. */
  file(path: string, signal: AbortSignal): Promise<{ readonly path: string; readonly size: number; readonly mark: string }>;
  /** Writes a file of the working tree, and says its mark. CONFLICT when it is not what `mark` names; without one it must not be there. */
  writeFile(path: string, bytes: Uint8Array | string, mark?: string): Promise<string>;
  /** Writes files of the working tree; what they replace goes into the backup. */
  replaceFiles(files: ReadonlyMap<string, string>, label: string): Promise<void>;
  /** Moves files of the working tree into the backup. */
  removeFiles(paths: readonly string[]): Promise<void>;
}

/** A state with its objects, wherever it is. */
export interface StateFeed {
  /** What it is, for people. */
  readonly label: string;
  /** What `.pvr/config` names, so that pvr goes on from there; empty where pvr can't. */
  readonly reference: string;
  /** The raw text. */
  state(signal: AbortSignal): Promise<string>;
  /** An object's bytes; BAD_CHECKSUM at their end where they differ, NOT_FOUND where it is not there. */
  object(sha: Sha256, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** The object as a file on this computer, to be linked. */
  objectFile?(sha: Sha256, signal?: AbortSignal): Promise<string | undefined>;
  close?(): Promise<void>;
}
