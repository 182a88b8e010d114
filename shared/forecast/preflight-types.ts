/** `refused`: the device does not take it, and stays where it is. `fails`: it takes it, and the update may fail. `notice`: worth knowing. */
export type PreflightSeverity = 'refused' | 'fails' | 'notice';

/** Something that the device will, or may, find wrong with the next state. */
export interface PreflightFinding {
  /** Which rule says it, for programs: stable. */
  readonly rule: string;
  readonly severity: PreflightSeverity;
  /** The entry it is about, and the place in its JSON (RFC 6901); absent where it is about the state as a whole. */
  readonly key: string | undefined;
  readonly pointer: string | undefined;
  /** What will happen and why, as sentences for people. */
  readonly text: string;
  /** File and function of the device's code, or the recording it was seen in. */
  readonly source: string;
  /** What to do about it, as a sentence. */
  readonly advice: string;
  /** What mends it at once, where that is obvious. */
  readonly fix?: ProblemFix | undefined;
}

/** What mends a problem where that is obvious: another text for the entry, or the group left to the defaults (run.json and src.json). */
export type ProblemFix =
  | { readonly kind: 'json'; readonly label: string; readonly key: string; readonly text: string }
  | { readonly kind: 'inherit-group'; readonly label: string; readonly container: string };

/** What is known of the device; everything that is absent is not known, and nothing is said of it. Sizes in bytes. */
export interface PreflightFacts {
  /** The state that runs, as text. */
  readonly running?: string | undefined;
  /** Texts of the states since boot (see ForecastOptions). */
  readonly sinceBoot?: readonly string[] | undefined;
  readonly via?: 'lan' | 'hub' | undefined;
  /** The name it will have. */
  readonly revision?: string | undefined;
  readonly takenNames?: readonly string[] | undefined;
  /** Objects that neither the device nor anybody here has. */
  readonly missingObjects?: readonly string[] | undefined;
  /** Objects that the device lacks and will get, with their sizes. */
  readonly newObjects?: readonly { readonly sha: string; readonly size: number }[] | undefined;
  /** device-meta `storage`. */
  readonly storage?:
    | { readonly total?: number | undefined; readonly free?: number | undefined; readonly reserved?: number | undefined }
    | undefined;
  /** PV_SECUREBOOT_MODE (`disabled`, `audit`, `lenient`, `strict`). */
  readonly secureboot?: string | undefined;
  /** What verifying found, by the signature's name. */
  readonly signatures?:
    | readonly {
        readonly name: string;
        readonly verdict: 'valid' | 'untrusted' | 'broken' | 'unreadable';
        readonly reason: string;
      }[]
    | undefined;
  /** Bytes of all waiting steps that the device would read at once, this one included. */
  readonly pendingBytes?: number | undefined;
  readonly pendingSteps?: number | undefined;
}
