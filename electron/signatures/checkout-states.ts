import type { CheckoutId } from '../../shared/contract/ids.ts';

/** What signatures need of a checkout. */
export interface CheckoutStates {
  /** The raw text of the committed state, or of the working tree. */
  state(id: CheckoutId, which: 'working' | 'commit', signal: AbortSignal): Promise<string>;
  /** Writes signature files into the working tree, by path, and tracks them. What they overwrite goes into the backup. */
  writeSignatures(id: CheckoutId, files: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void>;
  /** Removes files of the working tree; they are in the backup. */
  removeFiles(id: CheckoutId, paths: readonly string[], signal: AbortSignal): Promise<void>;
}
