import type { KnownProblem } from '../../../shared/contract/errors.ts';

/** How a state's signatures are changed, by whoever shows them. */
export interface SignatureEdits {
  /**
   * Runs one change and says what was done, with a way back where there is one. The version is a draft's. Answers with the problem when it
   * was not taken.
   */
  readonly run: (said: string, change: (version: number | undefined) => Promise<unknown>) => Promise<KnownProblem | undefined>;
}
