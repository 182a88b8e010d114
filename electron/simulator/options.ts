import type { HostKey } from '../net/host-key.ts';
import type { Clock } from './clock.ts';
import type { FaultName, Faults } from './faults.ts';
import type { BootRecord, Delays, Life, Progress, Status } from './life/model.ts';
import type { Metadata } from './metadata.ts';

/** What a device's disk holds before it is first switched on. */
export type Seed = {
  readonly revisions: readonly SeedRevision[];
  /** The revision that runs; the last one of the list where it is left out. */
  readonly running?: string;
  /** The last DONE revision that a failure goes back to; the latest one with status DONE where it is left out. */
  readonly checkpoint?: string;
  readonly objects?: readonly SeedObject[];
  readonly userMeta?: Metadata;
  readonly deviceMeta?: Metadata;
};

export type SeedRevision = {
  readonly name: string;
  /** The state's text. */
  readonly state: string;
  readonly message?: string;
  readonly date?: Date;
  readonly status?: Status;
  readonly statusMessage?: string;
  readonly logs?: readonly string[];
};

export type SeedObject =
  | { readonly sha256: string; readonly content: string | Uint8Array }
  /** A file of zeros with `head` at its start, `bytes` long, that takes no room on disk. */
  | { readonly sha256: string; readonly head: string; readonly bytes: number };

/** How a device reaches its hub, and as whom. What it was given or has found out is kept on its disk. */
export type HubConnection = {
  /** The hub's origin. */
  readonly url: string;
  /** Of a device that the hub knows already, claimed; with its secret. Without them the device registers itself. */
  readonly id?: string;
  readonly secret?: string;
  /** PEM certificates of who may have signed the hub's. */
  readonly ca?: string;
  /** A factory's join token, base64: the device is owned as soon as it registers. */
  readonly autoToken?: string;
  /** How quickly objects arrive, in bytes per device second; as quickly as they come where it is left out. */
  readonly bytesPerSecond?: number;
};

/** What mDNS tells of a device (`_ssh._tcp`, TXT); the challenge only until the device is claimed. */
export type Announcement = { readonly pantahub: string; readonly 'device-id'?: string; readonly challenge?: string };

/** The hub side of a device as it is now. */
export type HubStanding = {
  readonly id: string | undefined;
  readonly claimed: boolean;
  readonly online: boolean;
  readonly mode: 'local' | 'remote';
  /** init, register, claim, login, wait hub, sync, idle, prep download, download, report. */
  readonly state: string;
};

export type SimulatedDeviceOptions = {
  /** Where the device's disk lies: trail, objects, metadata, host key. What is there is continued; else it is seeded. */
  readonly dir: string;
  readonly name?: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** The pvr endpoint's port; 0 (the default) for a free one, `false` for none. */
  readonly httpPort?: number | false;
  /** The SSH server's port; 0 (the default) for a free one, `false` for none. */
  readonly sshPort?: number | false;
  /** Also serves pv-ctrl on this unix socket. */
  readonly controlSocket?: string;
  /** Public keys that may log in besides those in user-meta `pvr-sdk.authorized_keys`; lines as in authorized_keys. */
  readonly authorizedKeys?: readonly string[];
  /** Real seconds for one device second; 1 by default. Uploads and downloads are not slowed down. */
  readonly timeScale?: number;
  /** Time itself, for tests that step through an update. */
  readonly clock?: Clock;
  readonly delays?: Partial<Delays>;
  /**
   * What a loss of power does to a revision on trial: `keeps-try` (U-Boot; the default) goes back once it was booted,
   * `forgets-try` (the emulated boot loader of a device run as a container) tries it again.
   */
  readonly bootLoader?: 'keeps-try' | 'forgets-try';
  /** Where the device mounts its storage; `/var/pantavisor/storage` by default. */
  readonly storagePath?: string;
  /** What device-meta says of the board. */
  readonly board?: Board;
  readonly seed?: Seed;
  /** So many lines per real second its containers print while the device is on; 5,000 are a container that went wild. */
  readonly logLines?: number;
  /** Puts the device on a hub as well. */
  readonly hub?: HubConnection;
  readonly faults?: readonly FaultName[];
};

export type Board = {
  /** The device tree's model; boards without a device tree have none. */
  readonly model?: string;
  readonly arch: string;
  readonly machine: string;
  readonly kernel: string;
  readonly cpu: string;
  /** Bytes. */
  readonly memory: number;
  readonly storage: number;
};

/** A change of a revision's progress, as it is written. */
export type ProgressReport = { readonly revision: string; readonly progress: Progress };

export interface SimulatedDevice {
  readonly name: string;
  readonly host: string;
  readonly httpPort?: number;
  readonly sshPort?: number;
  readonly controlSocket?: string;
  /** The host key that the SSH server shows now. */
  readonly hostKey: HostKey;
  /** `SHA256:…` of it. */
  readonly hostKeyFingerprint: string;
  readonly storagePath: string;
  /** Undefined for a device without a hub. */
  hub(): HubStanding | undefined;
  announcement(): Announcement | undefined;
  readonly faults: Faults;
  /** What the device is doing, as a value. */
  life(): Life;
  boot(): BootRecord;
  progress(revision: string): Progress | undefined;
  /** Whether an object is on the device's disk. */
  hasObject(sha: string): boolean;
  /** The object's file on the machine that simulates, to damage it. */
  objectFile(sha: string): string;
  /** How many lines its containers have printed on account of `logLines`. */
  linesPrinted(): number;
  /** Runs a revision, as the command LOCAL_RUN does. */
  run(revision: string): void;
  /** Called for each progress that is written; gives back how to stop. */
  onProgress(listener: (report: ProgressReport) => void): () => void;
  /** Resolves once no update runs and no command waits. */
  whenIdle(): Promise<void>;
  /** Power goes, or only the runtime dies, and comes back after some device seconds (3 by default). */
  powerCut(options?: { readonly what?: 'board' | 'runtime'; readonly seconds?: number }): void;
  /** Switches a device on that was powered off. */
  powerOn(): void;
  /** Stops everything; the disk stays as it is, so a new start continues. An update under way is cut. */
  close(): Promise<void>;
}
