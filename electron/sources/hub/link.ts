import type { Capabilities, WayStatus, Ways } from '../../../shared/contract/connection.ts';
import { knownProblem } from '../../../shared/contract/errors.ts';
import type { AccountStatus, HubDeviceId } from '../../../shared/contract/hub.ts';
import type { Progress } from '../../../shared/progress/report.ts';
import { hubNumber, type RevisionName, type Sha256 } from '../../../shared/state/ids.ts';
import type { HubIdentity, HubLink, ObjectUpload, RevisionPost, StepReport } from '../source.ts';
import type { HubClient, HubDevice } from './hub.ts';
import { hubLacks, notThere, onDeviceOnly, secretsLocked } from './missing.ts';
import { HubTrail } from './trail.ts';

type Meta = Readonly<Record<string, unknown>>;

export interface HubLinkPorts {
  readonly now: () => number;
}

/** Milliseconds for which one answer about the device serves all who ask: a poll asks for its metadata three times over. */
const deviceServes = 500;
/** Milliseconds between two tries of a hub that does not answer, however often somebody asks. */
const restAfterTry = 2000;

/** A device as its hub knows it. Containers, commands and reboots take the local network; everything else works behind any NAT. */
export function hubLink(client: HubClient, device: HubDeviceId, ports: HubLinkPorts): HubLink {
  return new DeviceOnHub(client, device, ports);
}

class DeviceOnHub implements HubLink {
  readonly via = 'hub';
  readonly uploadWay = 'hub';
  readonly postWay = 'hub';
  readonly #client: HubClient;
  readonly #id: HubDeviceId;
  readonly #now: () => number;
  readonly #trail: HubTrail;
  readonly #stops = new Set<() => void>();
  #told: { readonly at: number; readonly device: HubDevice } | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;
  #lockedSince: number | undefined;

  constructor(client: HubClient, device: HubDeviceId, ports: HubLinkPorts) {
    this.#client = client;
    this.#id = device;
    this.#now = ports.now;
    this.#trail = new HubTrail(client, device);
  }

  get ways(): Ways {
    const none = { kind: 'not-configured' } as const;
    return { http: none, ssh: none, hub: this.#way(this.#client.status) };
  }

  /** A hub that fell silent after it was open still counts. */
  get capabilities(): Capabilities {
    const { status } = this.#client;
    const works = status.kind === 'open' || (status.kind === 'silent' && status.heardAt !== undefined);
    return {
      readState: works,
      readTimeline: works,
      readContainers: false,
      readMetadata: works,
      uploadObjects: works,
      postRevision: works,
      runRevision: works,
      watchProgress: works,
      reboot: false,
      writeUserMeta: works,
      readLogs: works,
      openTerminal: false,
    };
  }

  get parallelUploads(): number {
    return this.#client.parallelUploads;
  }

  get hasOlder(): boolean {
    return this.#trail.hasOlder;
  }

  onWays(listener: () => void): () => void {
    const stop = this.#client.onStatus(listener);
    this.#stops.add(stop);
    return () => {
      this.#stops.delete(stop);
      stop();
    };
  }

  /** Asks for the device where the hub was not heard yet, or not lately; the answer shows in `ways`. */
  async connect(signal: AbortSignal): Promise<void> {
    const { kind } = this.#client.status;
    const isWorthATry = kind === 'connecting' || (kind === 'silent' && this.#now() - this.#triedAt >= restAfterTry);
    if (!isWorthATry) return;
    this.#triedAt = this.#now();
    await this.#device(signal).catch(() => undefined);
  }

  /** The revision by the device's own word, else the newest that it ended well with. A local one's state is on the device alone. */
  async readRunning(signal: AbortSignal): Promise<{ readonly revision: RevisionName | undefined; readonly text: string }> {
    const { deviceMeta } = await this.#device(signal);
    const said = deviceMeta['pantavisor.revision'];
    const name = typeof said === 'string' || typeof said === 'number' ? String(said) : await this.#lastGood(signal);
    const number = name === undefined ? undefined : hubNumber(name);
    if (name !== undefined && number === undefined) throw onDeviceOnly(name);
    if (number === undefined) throw notThere('the running revision');
    return { revision: this.#trail.nameOf(number), text: await this.#client.stateText(this.#id, number, signal) };
  }

  readTimeline(signal: AbortSignal): Promise<readonly StepReport[]> {
    return this.#trail.read(signal);
  }

  loadOlder(signal: AbortSignal): Promise<void> {
    return this.#trail.loadOlder(signal);
  }

  async readProgress(revision: RevisionName, signal: AbortSignal): Promise<Progress | undefined> {
    const number = hubNumber(revision);
    return number === undefined ? undefined : this.#trail.progress(number, signal);
  }

  readState(revision: RevisionName, signal: AbortSignal): Promise<string> {
    const number = hubNumber(revision);
    return number === undefined ? Promise.reject(notThere(revision)) : this.#client.stateText(this.#id, number, signal);
  }

  readContainers(): Promise<never> {
    return Promise.reject(hubLacks('Showing the containers'));
  }

  readGroups(): Promise<never> {
    return Promise.reject(hubLacks('Showing the groups'));
  }

  async readDeviceMeta(signal: AbortSignal): Promise<Meta> {
    return (await this.#device(signal)).deviceMeta;
  }

  async readUserMeta(signal: AbortSignal): Promise<Meta> {
    return (await this.#device(signal)).userMeta;
  }

  async changeUserMeta(change: (own: Meta) => Meta, signal: AbortSignal): Promise<Meta> {
    try {
      return await this.#client.changeUserMeta(this.#id, change, signal);
    } finally {
      this.#told = undefined;
    }
  }

  async readHubIdentity(): Promise<HubIdentity> {
    return { deviceId: this.#id };
  }

  missingObjects(shas: readonly Sha256[], signal: AbortSignal): Promise<ReadonlySet<Sha256>> {
    return this.#client.missingObjects(shas, signal);
  }

  objectSize(sha: Sha256, signal: AbortSignal): Promise<number | undefined> {
    return this.#client.objectSize(sha, signal);
  }

  uploadObject(upload: ObjectUpload, signal: AbortSignal): Promise<'sent' | 'already-there'> {
    return this.#client.uploadObject(upload, signal);
  }

  downloadObject(sha: Sha256, signal: AbortSignal): AsyncIterable<Uint8Array> {
    return this.#client.downloadObject(sha, signal);
  }

  /** The name is the number that the revision must get, and no other: CONFLICT where somebody was quicker. The device takes it by itself. */
  async postRevision(
    post: RevisionPost,
    signal: AbortSignal,
  ): Promise<{ readonly revision: RevisionName; readonly runs: boolean }> {
    const number = hubNumber(post.name);
    if (number === undefined) throw notThere(post.name);
    const { nick } = await this.#client.user(signal);
    const { message, state } = post;
    const step = await this.#client.postStep(this.#id, { revision: number, message, committer: nick, state }, signal);
    return { revision: this.#trail.nameOf(step.revision), runs: true };
  }

  runRevision(): Promise<never> {
    return Promise.reject(hubLacks('Running a revision that is on the device'));
  }

  reboot(): Promise<never> {
    return Promise.reject(hubLacks('Rebooting'));
  }

  goRemote(): Promise<never> {
    return Promise.reject(hubLacks('Going back to the hub'));
  }

  containerAction(): Promise<never> {
    return Promise.reject(hubLacks('Acting on a container'));
  }

  openShell(): Promise<never> {
    return Promise.reject(hubLacks('Opening a terminal'));
  }

  /** The account goes on; only this device's part of it ends. */
  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.#stops.clear();
  }

  #way(status: AccountStatus): WayStatus {
    if (status.kind !== 'locked') this.#lockedSince = undefined;
    switch (status.kind) {
      case 'connecting':
      case 'open':
      case 'silent':
        return status;
      case 'signed-out':
        return { kind: 'blocked', since: status.since, problem: status.problem };
      case 'locked':
        this.#lockedSince ??= this.#now();
        return { kind: 'blocked', since: this.#lockedSince, problem: knownProblem(secretsLocked()) };
    }
  }

  async #device(signal: AbortSignal): Promise<HubDevice> {
    const told = this.#told;
    if (told && this.#now() - told.at < deviceServes) return told.device;
    const device = await this.#client.device(this.#id, signal);
    this.#told = { at: this.#now(), device };
    return device;
  }

  async #lastGood(signal: AbortSignal): Promise<string | undefined> {
    const steps = await this.#trail.read(signal);
    return steps.find(({ progress }) => progress?.status === 'DONE' || progress?.status === 'UPDATED')?.name;
  }
}
