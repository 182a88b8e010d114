import type { AccountStatus, HubAddress, HubDeviceId, Quota } from '../../../shared/contract/hub.ts';
import type { LogEntry, LogFilter } from '../../../shared/contract/logs.ts';
import type { Progress } from '../../../shared/progress/report.ts';
import type { Sha256 } from '../../../shared/state/ids.ts';
import type { ObjectUpload } from '../source.ts';

type Meta = Readonly<Record<string, unknown>>;

/** Who is signed in. `nick` is the account's name, `prn` its id on the hub (`prn:::accounts:/…`). */
export interface HubUser {
  readonly nick: string;
  readonly prn: string;
  readonly email: string | undefined;
}

/**
 * What proves to the hub who we are, kept by the storage room. A personal API token signs in again and again until it ends; a hub
 * that knows no tokens leaves the session itself, which ends a day after it began. Instants in milliseconds.
 */
export type HubCredential =
  | {
      readonly kind: 'api-token';
      readonly id: string;
      readonly name: string;
      readonly secret: string;
      readonly endsAt: number | undefined;
    }
  | { readonly kind: 'session'; readonly token: string; readonly endsAt: number };

/** A device of the account as the hub lists it: without its secret and challenge, U+FF2E put back to dots. */
export interface HubDevice {
  readonly id: HubDeviceId;
  readonly nick: string;
  readonly owner: string;
  readonly public: boolean;
  /** It was deleted, and the hub has not thrown it away yet. */
  readonly garbage: boolean;
  /** As stored for this device: without what the account's profile adds. */
  readonly userMeta: Meta;
  readonly deviceMeta: Meta;
  /** Instants by the hub's clock. The device's metadata was written then, by the device or by a person. */
  readonly createdAt: number | undefined;
  readonly modifiedAt: number | undefined;
}

/** One line of the hub's fleet overview. It comes late, and a hub of one's own may have none at all. */
export interface HubSummary {
  readonly deviceId: HubDeviceId;
  readonly revision: number | undefined;
  readonly progressRevision: number | undefined;
  readonly status: string | undefined;
  readonly statusMessage: string | undefined;
  /** When the device last touched its trail: an instant by the hub's clock. */
  readonly touchedAt: number | undefined;
}

/** A revision on a device's trail, without its state. Instants by the hub's clock. */
export interface HubStep {
  readonly deviceId: HubDeviceId;
  readonly revision: number;
  readonly message: string;
  /** As the client that posted it said; the hub does not check it. */
  readonly committer: string | undefined;
  readonly createdAt: number | undefined;
  readonly changedAt: number | undefined;
  readonly progress: Progress;
  readonly stateSha: string | undefined;
  readonly garbage: boolean;
}

/** A page of the changes feed. `next` is where to go on: a timestamp as the hub wrote it; `more` says that there is more by now. */
export interface HubChanges<Row> {
  readonly rows: readonly Row[];
  readonly next: string;
  readonly more: boolean;
}

export interface HubStepPost {
  /** The number that it must get: the one after the newest. The hub takes no other, which makes it a lock. */
  readonly revision: number;
  readonly message: string;
  readonly committer: string;
  /** The state as JSON text; the hub keeps its canonical form. */
  readonly state: string;
}

export interface HubLogPage {
  readonly entries: readonly LogEntry[];
  /** Where older ones go on; absent at the end. */
  readonly older: string | undefined;
}

/**
 * One signed-in account on one hub. Renews its session by itself, at most one renewal at a time. Every call waits no longer than its own
 * timeout, takes a signal, and throws `TrailbossError` and nothing else: SESSION_ENDED where the hub takes neither session nor token
 * any more, UNREACHABLE / NOT_ANSWERING / BAD_REPLY / NOT_A_HUB for its troubles, REFUSED_BY_HUB where it said no (its support id in
 * `raw`), NOT_FOUND, QUOTA_EXCEEDED, CONFLICT. 500 is read by what was asked (hub.md §0, §10.4).
 */
export interface HubClient {
  readonly address: HubAddress;
  readonly status: AccountStatus;
  onStatus(listener: () => void): () => void;
  /** Milliseconds that the hub's clock is ahead of this computer's, by the dates of its answers; 0 while nothing speaks against it. */
  readonly clockAhead?: number;
  /** The hub asked to be left alone until then (Retry-After): an instant by this computer's clock. */
  readonly restUntil?: number;
  /** Takes another credential, after the person signed in again. */
  renewWith(credential: HubCredential): void;

  user(signal: AbortSignal): Promise<HubUser>;
  quota(signal: AbortSignal): Promise<{ readonly plan: string | undefined; readonly quotas: readonly Quota[] }>;
  /** What the account's profile adds to the user-meta of all its devices. */
  globalMeta(signal: AbortSignal): Promise<Meta>;

  /** All devices of the account, in one call; 10,000 are normal. */
  devices(signal: AbortSignal): Promise<readonly HubDevice[]>;
  /** One device as the list has it; NOT_FOUND where it is not one of the account's. */
  device(id: HubDeviceId, signal: AbortSignal): Promise<HubDevice>;
  /** The overview of all devices, in one call; empty on a hub that keeps none. */
  summaries(signal: AbortSignal): Promise<readonly HubSummary[]>;
  /** What changed since `after` (a timestamp from an earlier page, or an ISO instant), oldest first. Pages overlap on purpose: rows come twice. */
  changedDevices(after: string, signal: AbortSignal): Promise<HubChanges<HubDevice>>;
  changedSteps(after: string, signal: AbortSignal): Promise<HubChanges<HubStep>>;

  /** Makes an unclaimed device the account's own. REFUSED_BY_HUB for a wrong challenge and for a device of somebody else's alike. */
  claim(id: HubDeviceId, challenge: string, signal: AbortSignal): Promise<HubDevice>;
  /** NAME_TAKEN where another device of the account has this nick. */
  rename(id: HubDeviceId, nick: string, signal: AbortSignal): Promise<HubDevice>;
  setPublic(id: HubDeviceId, isPublic: boolean, signal: AbortSignal): Promise<HubDevice>;
  /** Throws unless the hub says that it is garbage now. */
  deleteDevice(id: HubDeviceId, signal: AbortSignal): Promise<void>;
  /**
   * Changes the device's own user-meta: reads it, applies the change, writes what differs and nothing else, and reads it again; begins
   * anew where somebody else's write was lost by that. `change` may be called several times. CONFLICT when it does not come to rest.
   */
  changeUserMeta(id: HubDeviceId, change: (own: Meta) => Meta, signal: AbortSignal): Promise<Meta>;

  /** The number of the newest revision on the trail, whatever its status; undefined where there is no trail yet. */
  head(id: HubDeviceId, signal: AbortSignal): Promise<number | undefined>;
  /** At most `count` revisions below `before` (undefined: from the newest on), newest first, whatever their status. */
  steps(
    id: HubDeviceId,
    page: { readonly before?: number | undefined; readonly count: number },
    signal: AbortSignal,
  ): Promise<readonly HubStep[]>;
  /** Revisions that wait for the device or are on their way, oldest first. */
  openSteps(id: HubDeviceId, signal: AbortSignal): Promise<readonly HubStep[]>;
  step(id: HubDeviceId, revision: number, signal: AbortSignal): Promise<HubStep | undefined>;
  /** The state's text as the hub gives it to the device; NOT_FOUND for a missing revision, which the hub answers with `{}`. */
  stateText(id: HubDeviceId, revision: number, signal: AbortSignal): Promise<string>;
  /**
   * Posts a revision under exactly this number. CONFLICT with `quicker` in its data where somebody else has it; a lost answer is found
   * out by asking: the same state by the same committer counts as posted.
   */
  postStep(id: HubDeviceId, post: HubStepPost, signal: AbortSignal): Promise<HubStep>;
  /** Only while it is NEW; DEVICE_BUSY where the device has taken it meanwhile. */
  cancelStep(id: HubDeviceId, revision: number, signal: AbortSignal): Promise<void>;
  /** Only while it is INPROGRESS; DEVICE_BUSY otherwise. */
  markWontgo(id: HubDeviceId, revision: number, signal: AbortSignal): Promise<void>;

  /** Which of these the account has not stored, bytes included. Creates nothing. */
  missingObjects(shas: readonly Sha256[], signal: AbortSignal): Promise<ReadonlySet<Sha256>>;
  objectSize(sha: Sha256, signal: AbortSignal): Promise<number | undefined>;
  /** Sends one object to the address that the hub signs for it; retried whole. QUOTA_EXCEEDED, BAD_CHECKSUM. */
  uploadObject(upload: ObjectUpload, signal: AbortSignal): Promise<'sent' | 'already-there'>;
  /** The bytes, checked against the sha: BAD_CHECKSUM at the end when they differ. A cut download goes on where the store can, else begins anew. */
  downloadObject(sha: Sha256, signal: AbortSignal): AsyncIterable<Uint8Array>;
  readonly parallelUploads: number;

  logs(
    id: HubDeviceId,
    filter: LogFilter,
    page: { readonly limit: number; readonly older?: string | undefined },
    signal: AbortSignal,
  ): Promise<HubLogPage>;
  /** What the hub takes in from now on, oldest first, each entry once. Asks again and again until the signal ends it; failures that pass are waited out. */
  tailLogs(
    id: HubDeviceId,
    filter: LogFilter,
    signal: AbortSignal,
  ): AsyncIterable<{ readonly heardAt: number; readonly entries: readonly LogEntry[] }>;

  /** The revision as pvr exports it (tar.gz), as the hub packs it. */
  exportRevision(id: HubDeviceId, revision: number, signal: AbortSignal): AsyncIterable<Uint8Array>;

  /** Revokes the API token on the hub. */
  revoke(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Opens an account; nothing is asked before the first call. `onCredential` hears of a session that was renewed and has to be kept. */
export type OpenHub = (
  address: HubAddress,
  credential: HubCredential | undefined,
  ports: { readonly now: () => number; readonly onCredential: (credential: HubCredential) => void },
) => HubClient;
