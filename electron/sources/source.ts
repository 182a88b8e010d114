import type { Capabilities, LanConnection, WayName, Ways } from '../../shared/contract/connection.ts';
import type { ContainerReport, GroupReport } from '../../shared/contract/device.ts';
import type { Progress } from '../../shared/progress/report.ts';
import type { RevisionName, Sha256 } from '../../shared/state/ids.ts';

/** One revision as its source lists it. `progress` is absent where the list cuts it short and it was not asked for again. */
export interface StepReport {
  readonly name: RevisionName;
  readonly date: string | undefined;
  readonly message: string;
  readonly progress: Progress | undefined;
}

/** An object on its way to a device. `open` gives the bytes from the start and may be called again for another try. */
export interface ObjectUpload {
  readonly sha: Sha256;
  readonly size: number;
  /** An entry that refers to it, for the wire's `objectname`. */
  readonly name: string;
  readonly open: (signal: AbortSignal) => AsyncIterable<Uint8Array>;
  /** Called with the bytes of this object that have gone out so far. */
  readonly onBytes: (sent: number) => void;
}

export interface RevisionPost {
  readonly name: RevisionName;
  readonly message: string;
  /** The state's exact bytes: the device compares raw text. */
  readonly state: string;
}

/**
 * One device, reached in one or more ways. Every call waits no longer than its own timeout, takes a signal, and throws
 * `TrailbossError` (shared/contract/errors.ts) and nothing else. A call that needs a way that is not open throws WAY_MISSING.
 */
export interface DeviceLink {
  readonly ways: Ways;
  readonly capabilities: Capabilities;
  /** Tells when `ways` or `capabilities` changed. Returns the way to stop listening. */
  onWays(listener: () => void): () => void;

  /**
   * Waits for the first try of each configured way; later brings up those that are closed as far as that makes sense (a
   * blocked one when its reason may be gone). Cheap while a way is open: call it before every poll. Never throws.
   */
  connect(signal: AbortSignal): Promise<void>;

  readRunning(signal: AbortSignal): Promise<{ readonly revision: RevisionName | undefined; readonly text: string }>;
  readTimeline(signal: AbortSignal): Promise<readonly StepReport[]>;
  /** The revision's own progress in full; undefined when the device has no such revision. */
  readProgress(revision: RevisionName, signal: AbortSignal): Promise<Progress | undefined>;
  /** The state's raw text; NOT_FOUND when the device has no such revision. */
  readState(revision: RevisionName, signal: AbortSignal): Promise<string>;
  readContainers(signal: AbortSignal): Promise<readonly ContainerReport[]>;
  readGroups(signal: AbortSignal): Promise<readonly GroupReport[]>;
  readDeviceMeta(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
  readUserMeta(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>>;

  /** Which of these objects the device lacks; undefined where it can't be asked without uploading. */
  missingObjects(shas: readonly Sha256[], signal: AbortSignal): Promise<ReadonlySet<Sha256> | undefined>;
  /** An object's size in bytes; undefined where the device does not have it, or can't tell without sending it. */
  objectSize(sha: Sha256, signal: AbortSignal): Promise<number | undefined>;
  /** Sends one object; resolves too when the device has it already. Safe to repeat. */
  uploadObject(upload: ObjectUpload, signal: AbortSignal): Promise<'sent' | 'already-there'>;
  /** How many uploads may run at once over the way that uploads now take. */
  readonly parallelUploads: number;
  /** The object's bytes, checked against the sha: BAD_CHECKSUM at the end when they differ. */
  downloadObject(sha: Sha256, signal: AbortSignal): AsyncIterable<Uint8Array>;

  /**
   * Puts the revision on the device. `runs` tells whether the device starts it by itself (pvr endpoint) or waits for
   * `runRevision` (pv-ctrl). The endpoint may choose another name: the answer has the one that holds.
   */
  postRevision(post: RevisionPost, signal: AbortSignal): Promise<{ readonly revision: RevisionName; readonly runs: boolean }>;
  runRevision(revision: RevisionName, signal: AbortSignal): Promise<void>;
  reboot(signal: AbortSignal): Promise<void>;
  containerAction(container: string, action: 'start' | 'stop' | 'restart', signal: AbortSignal): Promise<void>;

  readonly uploadWay: WayName;
  readonly postWay: WayName;
  close(): Promise<void>;
}

/** What proves who a device is, and who we are, kept by the storage room. */
export interface TrustStore {
  /** The pinned fingerprint (`SHA256:…`) of a host and port. */
  pinned(host: string, port: number): { readonly algorithm: string; readonly fingerprint: string } | undefined;
}

/** A private key ready to use, or the agent's socket. Never leaves the backend. */
export type LoginKey =
  | { readonly kind: 'private-key'; readonly pem: string; readonly passphrase: string | undefined }
  | { readonly kind: 'agent'; readonly socket: string };

export interface LoginKeys {
  /** Throws PASSPHRASE_NEEDED, LOGIN_REFUSED or NOT_FOUND with a sentence to act on. */
  keyFor(auth: NonNullable<LanConnection['ssh']>['auth']): Promise<LoginKey>;
}

export interface Source {
  readonly kind: 'lan';
  open(
    connection: LanConnection,
    ports: { readonly trust: TrustStore; readonly keys: LoginKeys; readonly now: () => number },
  ): DeviceLink;
}
