import type { Capabilities, Via, WayName, Ways } from '../../shared/contract/connection.ts';
import type { ContainerReport, GroupReport } from '../../shared/contract/device.ts';
import { type ErrorCode, TrailbossError } from '../../shared/contract/errors.ts';
import type { Progress } from '../../shared/progress/report.ts';
import { hubNumber, type RevisionName, type Sha256 } from '../../shared/state/ids.ts';
import type { RemoteShell } from '../net/ssh-shell.ts';
import { hubLacks } from './hub/missing.ts';
import { joinSteps } from './joined-steps.ts';
import type {
  DeviceLink,
  DeviceLogs,
  HubIdentity,
  HubLink,
  JoinedLink,
  ObjectUpload,
  RevisionPost,
  ShellRequest,
  StepReport,
} from './source.ts';

type Meta = Readonly<Record<string, unknown>>;

/** One side failing in these ways says nothing about what the other side has. */
const otherMayKnow: ReadonlySet<ErrorCode> = new Set([
  'UNREACHABLE',
  'NOT_ANSWERING',
  'NOT_A_DEVICE',
  'BAD_REPLY',
  'LOGIN_REFUSED',
  'PASSPHRASE_NEEDED',
  'HOST_KEY_UNKNOWN',
  'HOST_KEY_CHANGED',
  'WAY_MISSING',
  'DEVICE_BUSY',
  'NOT_FOUND',
  'SESSION_ENDED',
  'SECRETS_LOCKED',
  'REFUSED_BY_HUB',
  'NOT_A_HUB',
  'UNTRUSTED_CERTIFICATE',
]);

/** One device by the local network, by its hub, or by both. At least one of the two is there while it is of use. */
export function joinLinks(lan: DeviceLink | undefined, hub: HubLink | undefined): JoinedLink {
  return new Joined(lan, hub);
}

class Joined implements JoinedLink {
  readonly hub: HubLink | undefined;
  readonly #lan: DeviceLink | undefined;
  #lanSteps: readonly StepReport[] | undefined;
  #hubSteps: readonly StepReport[] | undefined;

  constructor(lan: DeviceLink | undefined, hub: HubLink | undefined) {
    this.#lan = lan;
    this.hub = hub;
  }

  by(via: Via): DeviceLink | undefined {
    return via === 'lan' ? this.#lan : this.hub;
  }

  get ways(): Ways {
    const none = { kind: 'not-configured' } as const;
    const { http, ssh } = this.#lan?.ways ?? { http: none, ssh: none };
    return { http, ssh, hub: this.hub?.ways.hub ?? none };
  }

  get capabilities(): Capabilities {
    const lan = this.#lan?.capabilities ?? nothing;
    const hub = this.hub?.capabilities ?? nothing;
    return {
      readState: lan.readState || hub.readState,
      readTimeline: lan.readTimeline || hub.readTimeline,
      readContainers: lan.readContainers || hub.readContainers,
      readMetadata: lan.readMetadata || hub.readMetadata,
      uploadObjects: lan.uploadObjects || hub.uploadObjects,
      postRevision: lan.postRevision || hub.postRevision,
      runRevision: lan.runRevision || hub.runRevision,
      watchProgress: lan.watchProgress || hub.watchProgress,
      reboot: lan.reboot || hub.reboot,
      writeUserMeta: lan.writeUserMeta || hub.writeUserMeta,
      readLogs: lan.readLogs || hub.readLogs,
      openTerminal: lan.openTerminal || hub.openTerminal,
    };
  }

  get logs(): DeviceLogs | undefined {
    return this.#lan?.logs;
  }

  get uploadWay(): WayName {
    return this.#side('uploadObjects').uploadWay;
  }

  get postWay(): WayName {
    return this.#side('postRevision').postWay;
  }

  get parallelUploads(): number {
    return this.#side('uploadObjects').parallelUploads;
  }

  onWays(listener: () => void): () => void {
    const stops = [this.#lan?.onWays(listener), this.hub?.onWays(listener)];
    return () => {
      for (const stop of stops) stop?.();
    };
  }

  /** While the hub is open, nobody waits for an address that may be far away; it is tried all the same. */
  async connect(signal: AbortSignal, anew = false): Promise<void> {
    const lan = this.#lan?.connect(signal, anew);
    await this.hub?.connect(signal);
    if (this.hub?.ways.hub.kind !== 'open') await lan;
  }

  readRunning(signal: AbortSignal): Promise<{ readonly revision: RevisionName | undefined; readonly text: string }> {
    return this.#read('readState', (link) => link.readRunning(signal));
  }

  /** What both list is one revision. A side that does not answer is stood in for by what it told last. */
  async readTimeline(signal: AbortSignal): Promise<readonly StepReport[]> {
    const ask = (link: DeviceLink | undefined) => (link?.capabilities.readTimeline ? link.readTimeline(signal) : undefined);
    const [lan, hub] = await Promise.allSettled([ask(this.#lan), ask(this.hub)]);
    const lanNow = lan.status === 'fulfilled' ? lan.value : undefined;
    const hubNow = hub.status === 'fulfilled' ? hub.value : undefined;
    if (lanNow === undefined && hubNow === undefined) {
      throw lan.status === 'rejected' ? lan.reason : hub.status === 'rejected' ? hub.reason : this.#noWay('Showing the timeline');
    }
    this.#lanSteps = lanNow ?? this.#lanSteps;
    this.#hubSteps = hubNow ?? this.#hubSteps;
    return joinSteps({ lan: this.#lanSteps ?? [], hub: this.#hubSteps ?? [], deviceAnswered: lanNow !== undefined });
  }

  /** The device's own word first; the hub's where the device does not have the revision yet. */
  async readProgress(revision: RevisionName, signal: AbortSignal): Promise<Progress | undefined> {
    let found: Progress | undefined;
    let failure: unknown;
    let answered = false;
    for (const link of this.#knowing(revision, 'watchProgress')) {
      try {
        found = await link.readProgress(revision, signal);
        answered = true;
        if (found !== undefined) return found;
      } catch (error) {
        if (!mayAskTheOther(error)) throw error;
        failure ??= error;
      }
    }
    if (!answered) throw failure ?? this.#noWay('Watching an update');
    return found;
  }

  readState(revision: RevisionName, signal: AbortSignal): Promise<string> {
    return this.#firstOf(this.#knowing(revision, 'readTimeline'), (link) => link.readState(revision, signal));
  }

  readContainers(signal: AbortSignal): Promise<readonly ContainerReport[]> {
    return this.#onDevice('Showing the containers').then((lan) => lan.readContainers(signal));
  }

  readGroups(signal: AbortSignal): Promise<readonly GroupReport[]> {
    return this.#onDevice('Showing the groups').then((lan) => lan.readGroups(signal));
  }

  readDeviceMeta(signal: AbortSignal): Promise<Meta> {
    return this.#read('readMetadata', (link) => link.readDeviceMeta(signal));
  }

  /** The device's copy follows the hub's, and what is written to it alone is lost. */
  readUserMeta(signal: AbortSignal): Promise<Meta> {
    return (this.hub ?? this.#lanOrThrow('Showing metadata')).readUserMeta(signal);
  }

  changeUserMeta(change: (own: Meta) => Meta, signal: AbortSignal): Promise<Meta> {
    return (this.hub ?? this.#lanOrThrow('Changing metadata')).changeUserMeta(change, signal);
  }

  readHubIdentity(signal: AbortSignal): Promise<HubIdentity | undefined> {
    return (this.hub ?? this.#lanOrThrow('Asking who the device is on its hub')).readHubIdentity(signal);
  }

  missingObjects(shas: readonly Sha256[], signal: AbortSignal): Promise<ReadonlySet<Sha256> | undefined> {
    return this.#side('uploadObjects').missingObjects(shas, signal);
  }

  async objectSize(sha: Sha256, signal: AbortSignal): Promise<number | undefined> {
    return (await this.#lan?.objectSize(sha, signal).catch(() => undefined)) ?? this.hub?.objectSize(sha, signal);
  }

  uploadObject(upload: ObjectUpload, signal: AbortSignal): Promise<'sent' | 'already-there'> {
    return this.#side('uploadObjects').uploadObject(upload, signal);
  }

  /** From the other side where the first one has not sent anything yet. */
  async *downloadObject(sha: Sha256, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const [first, second] = this.#order('readState');
    if (first === undefined) throw this.#noWay('Reading an object');
    let begun = false;
    try {
      for await (const chunk of first.downloadObject(sha, signal)) {
        begun = true;
        yield chunk;
      }
      return;
    } catch (error) {
      if (begun || second === undefined || !mayAskTheOther(error)) throw error;
    }
    yield* second.downloadObject(sha, signal);
  }

  postRevision(post: RevisionPost, signal: AbortSignal): Promise<{ readonly revision: RevisionName; readonly runs: boolean }> {
    return this.#side('postRevision').postRevision(post, signal);
  }

  runRevision(revision: RevisionName, signal: AbortSignal): Promise<void> {
    return this.#onDevice('Running a revision that is on the device').then((lan) => lan.runRevision(revision, signal));
  }

  reboot(signal: AbortSignal): Promise<void> {
    return this.#onDevice('Rebooting').then((lan) => lan.reboot(signal));
  }

  goRemote(signal: AbortSignal): Promise<void> {
    return this.#onDevice('Going back to the hub').then((lan) => lan.goRemote(signal));
  }

  containerAction(container: string, action: 'start' | 'stop' | 'restart', signal: AbortSignal): Promise<void> {
    return this.#onDevice(`To ${action} a container`).then((lan) => lan.containerAction(container, action, signal));
  }

  openShell(request: ShellRequest, signal: AbortSignal): Promise<RemoteShell> {
    return this.#onDevice('Opening a terminal').then((lan) => lan.openShell(request, signal));
  }

  async close(): Promise<void> {
    await Promise.all([this.#lan?.close(), this.hub?.close()]);
  }

  /** The sides that can do it, the device itself first as long as a way to it is open. */
  #order(capability: keyof Capabilities): readonly DeviceLink[] {
    const lan = this.#lan;
    const able = [lan, this.hub].filter((link) => link !== undefined).filter((link) => link.capabilities[capability]);
    const isNear = lan !== undefined && (lan.ways.ssh.kind === 'open' || lan.ways.http.kind === 'open');
    return isNear ? able : able.toReversed();
  }

  /** The side that a call goes to which can't be made twice. */
  #side(capability: keyof Capabilities): DeviceLink {
    const side = this.#order(capability)[0] ?? this.#lan ?? this.hub;
    if (side === undefined) throw this.#noWay('Reaching the device');
    return side;
  }

  /** Of a local revision the hub knows nothing, which is no word about it. */
  #knowing(revision: RevisionName, capability: keyof Capabilities): readonly DeviceLink[] {
    if (hubNumber(revision) !== undefined || this.#lan === undefined) return this.#order(capability);
    return [this.#lan];
  }

  #read<T>(capability: keyof Capabilities, ask: (link: DeviceLink) => Promise<T>): Promise<T> {
    return this.#firstOf(this.#order(capability), ask);
  }

  async #firstOf<T>(able: readonly DeviceLink[], ask: (link: DeviceLink) => Promise<T>): Promise<T> {
    const order = able.length > 0 ? able : [this.#lan, this.hub].filter((link) => link !== undefined);
    let failure: unknown;
    for (const link of order) {
      try {
        return await ask(link);
      } catch (error) {
        if (!mayAskTheOther(error)) throw error;
        failure ??= error;
      }
    }
    throw failure ?? this.#noWay('Reading from the device');
  }

  async #onDevice(doing: string): Promise<DeviceLink> {
    return this.#lanOrThrow(doing);
  }

  #lanOrThrow(doing: string): DeviceLink {
    if (this.#lan === undefined) throw hubLacks(doing);
    return this.#lan;
  }

  #noWay(doing: string): TrailbossError {
    return new TrailbossError('WAY_MISSING', {
      what: `${doing} needs a way to the device, and none is open.`,
      unchanged: 'Nothing was changed.',
      next: 'It is tried again by itself; the device screen says what is wrong with each way.',
    });
  }
}

const nothing: Capabilities = {
  readState: false,
  readTimeline: false,
  readContainers: false,
  readMetadata: false,
  uploadObjects: false,
  postRevision: false,
  runRevision: false,
  watchProgress: false,
  reboot: false,
  writeUserMeta: false,
  readLogs: false,
  openTerminal: false,
};

function mayAskTheOther(error: unknown): boolean {
  return error instanceof TrailbossError && otherMayKnow.has(error.code);
}
