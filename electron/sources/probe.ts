import type { DiagnosisQuestion } from '../../shared/contract/diagnosis.ts';
import type { TrailbossError } from '../../shared/contract/errors.ts';

/** What a question found out. `found` is for people; `problem` says what is wrong and what to do. */
export interface Finding {
  readonly state: 'ok' | 'doubtful' | 'failed';
  readonly found?: string;
  readonly problem?: TrailbossError;
}

/** One question about one way to a device, asked anew and beside what is open. */
export interface Probe {
  readonly question: DiagnosisQuestion;
  /** It makes no sense to ask while this one of the same way has not come out well. */
  readonly needs?: DiagnosisQuestion;
  /** Milliseconds after which it is given up. */
  readonly timeoutMs: number;
  /** Throws `TrailbossError` where the answer is no. */
  ask(signal: AbortSignal): Promise<Finding>;
}

/** The questions about one way, in the order in which one needs the other. */
export interface WayProbes {
  readonly probes: readonly Probe[];
  /** Closes what they opened. */
  close(): Promise<void>;
}
