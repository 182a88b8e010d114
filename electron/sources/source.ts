import type { Capabilities, LanConnection, Via, WayName, Ways } from '../../shared/contract/connection.ts';
import type { ContainerReport, GroupReport } from '../../shared/contract/device.ts';
import type { LogEntry, LogFile, LogFileName, LogPlaces } from '../../shared/contract/logs.ts';
import type { Progress } from '../../shared/progress/report.ts';
import type { RevisionName, Sha256 } from '../../shared/state/ids.ts';
import type { RemoteShell, ShellSize } from '../net/ssh-shell.ts';

/** One revision as its source lists it. `progress` is absent where the list cuts it short and it was not asked for again. */
export interface StepReport {
  readonly name: RevisionName;
  readonly date: string | undefined;
  readonly message: string;
  /** Who posted it, where the source tells. */
  readonly committer?: string | undefined;
  /** It is on the hub's trail. */
  readonly onHub?: boolean;
  /** Known from the hub's trail alone; the device did not list it. */
  readonly hubOnly?: boolean;
  /** The sha of its state, where the source tells: the hub may still be given another state while the step is NEW. */
  readonly stateSha?: string | undefined;
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

/** Where a shell lands: in a container, or without one on the host system. */
export interface ShellRequest {
  readonly container: string | undefined;
  readonly size: ShellSize;
}

/** Where following a device's log begins: the last `lines` of each file, or where it was left. A revision that does not run ends. */
export interface FollowLogs {
  readonly lines: number;
  readonly revision?: string | undefined;
  readonly places?: LogPlaces | undefined;
}

/** What came since the news before; empty entries tell that the device was asked. */
export interface LogNews {
  readonly entries: readonly LogEntry[];
  /** How far those files are read now that were read on. */
  readonly places?: LogPlaces;
  /** The device has not answered since. */
  readonly awaySince?: number;
  /** Everything was read, and nothing more will come. */
  readonly ended?: boolean;
}

/** The log files on a device. */
export interface DeviceLogs {
  list(signal: AbortSignal): Promise<{ readonly running: string | undefined; readonly files: readonly LogFile[] }>;
  /** Bytes of a file from an offset on, fewer at its end, and how long it is now. NOT_FOUND when it is gone. */
  read(
    file: LogFileName,
    range: { readonly offset: number; readonly length: number },
    signal: AbortSignal,
  ): Promise<{ readonly bytes: Uint8Array; readonly size: number }>;
  /** The last lines before a byte, newest first; `older` is the byte to go on from. */
  older(
    file: LogFileName,
    from: { readonly before: number | undefined; readonly limit: number },
    signal: AbortSignal,
  ): Promise<{ readonly entries: readonly LogEntry[]; readonly older: number | undefined }>;
  /** Goes on through silence and reboots; throws only what a person has to change, and CANCELLED. */
  follow(wish: FollowLogs, signal: AbortSignal): AsyncIterable<LogNews>;
}

type Meta = Readonly<Record<string, unknown>>;

/** Who a device is on its hub; `challenge` only while nobody has claimed it. */
export interface HubIdentity {
  readonly deviceId: string;
  readonly challenge?: string;
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
   * blocked one when its reason may be gone). Cheap while a way is open: call it before every poll. `anew`: also those that
   * were tried a moment ago. Never throws.
   */
  connect(signal: AbortSignal, anew?: boolean): Promise<void>;

  readRunning(signal: AbortSignal): Promise<{ readonly revision: RevisionName | undefined; readonly text: string }>;
  readTimeline(signal: AbortSignal): Promise<readonly StepReport[]>;
  /** The revision's own progress in full; undefined when the device has no such revision. */
  readProgress(revision: RevisionName, signal: AbortSignal): Promise<Progress | undefined>;
  /** The state's raw text; NOT_FOUND when the device has no such revision. */
  readState(revision: RevisionName, signal: AbortSignal): Promise<string>;
  readContainers(signal: AbortSignal): Promise<readonly ContainerReport[]>;
  readGroups(signal: AbortSignal): Promise<readonly GroupReport[]>;
  readDeviceMeta(signal: AbortSignal): Promise<Meta>;
  /** The device's own, without what a hub account adds to it. */
  readUserMeta(signal: AbortSignal): Promise<Meta>;
  /** Applies a change to what is there now, writes what differs and nothing else, and gives what is there then. `change` may run again. */
  changeUserMeta(change: (own: Meta) => Meta, signal: AbortSignal): Promise<Meta>;
  /** PV_SECUREBOOT_MODE: `disabled`, `audit`, `lenient` or `strict`; undefined where it does not tell. Absent where nobody can ask. */
  readSecureboot?(signal: AbortSignal): Promise<string | undefined>;
  /** Who the device is on its hub; undefined where it is on none, or can't be asked. */
  readHubIdentity(signal: AbortSignal): Promise<HubIdentity | undefined>;

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
  /** Lets a device that runs a local revision follow its hub again; resolves too where it does already. */
  goRemote(signal: AbortSignal): Promise<void>;
  containerAction(container: string, action: 'start' | 'stop' | 'restart', signal: AbortSignal): Promise<void>;
  /** Opens an interactive shell, on a connection of its own. `signal` ends the opening alone; the caller closes the shell. */
  openShell(request: ShellRequest, signal: AbortSignal): Promise<RemoteShell>;

  /** The log files on the device itself; absent where no way leads to them. */
  readonly logs?: DeviceLogs | undefined;

  readonly uploadWay: WayName;
  readonly postWay: WayName;
  close(): Promise<void>;
}

/** A device on a hub. Its timeline is read newest first; what is older than the first page comes on demand and stays. */
export interface HubLink extends DeviceLink {
  readonly via: 'hub';
  /** There are older revisions that were not read yet; the next `readTimeline` has those that were. */
  readonly hasOlder: boolean;
  loadOlder(signal: AbortSignal): Promise<void>;
}

/** A device by all the ways that lead to it. What both sides know is one; `by` gives a side of its own. */
export interface JoinedLink extends DeviceLink {
  by(via: Via): DeviceLink | undefined;
  readonly hub: HubLink | undefined;
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
    ports: {
      readonly trust: TrustStore;
      readonly keys: LoginKeys;
      readonly now: () => number;
      /** So many times longer than usual a way that is closed is left alone: there are many devices, or nobody looks. */
      readonly patience?: () => number;
    },
  ): DeviceLink;
}
