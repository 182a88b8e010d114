import type { Capabilities, LanConnection, WayName, Ways } from '../../../shared/contract/connection.ts';
import type { ContainerReport, GroupReport } from '../../../shared/contract/device.ts';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { Progress } from '../../../shared/progress/report.ts';
import type { RevisionName, Sha256 } from '../../../shared/state/ids.ts';
import type { SshConnection } from '../../net/ssh.ts';
import type { RemoteShell } from '../../net/ssh-shell.ts';
import type {
  DeviceLink,
  HubIdentity,
  LoginKeys,
  ObjectUpload,
  RevisionPost,
  ShellRequest,
  StepReport,
  TrustStore,
} from '../source.ts';
import { LogFiles } from './logs/device-logs.ts';
import { noWay, sshMissing } from './missing-way.ts';
import type { PvCtrl } from './pv-ctrl.ts';
import { PvrEndpoint, parallelHttpUploads } from './pvr-endpoint.ts';
import { runningRevision } from './replies.ts';
import { SshWay } from './ssh-way.ts';
import { TimelineReader } from './timeline-reader.ts';
import { changeUserMeta } from './user-meta.ts';
import { asProblem, Way } from './way.ts';

export interface LinkPorts {
  readonly trust: TrustStore;
  readonly keys: LoginKeys;
  readonly now: () => number;
  readonly patience?: () => number;
}

/**
 * A device on the local network. What takes which way: uploads go over HTTP where it is open (quicker), everything else
 * over SSH where that is open; what only SSH can do (timeline, progress, containers, metadata, run, reboot) says so without it.
 */
export class PantavisorLink implements DeviceLink {
  readonly #http: Way;
  readonly #ssh: Way;
  readonly #endpoint: PvrEndpoint | undefined;
  readonly #sshWay: SshWay | undefined;
  readonly logs: LogFiles | undefined;
  readonly #timeline = new TimelineReader();
  readonly #listeners = new Set<() => void>();

  constructor(connection: LanConnection, ports: LinkPorts) {
    const { host, http, ssh } = connection;
    const onChange = () => this.#changed();
    this.#endpoint = http === null ? undefined : new PvrEndpoint({ host, port: http.port });
    this.#sshWay =
      ssh === null
        ? undefined
        : new SshWay({ host, config: ssh, trust: ports.trust, keys: ports.keys, onLost: (error) => this.#ssh.failed(error) });
    const { now, patience = () => 1 } = ports;
    const common = { now, patience, onChange };
    this.logs = ssh === null ? undefined : new LogFiles({ now, overSsh: (signal, work) => this.#onConnection(signal, work) });
    this.#http = new Way({ ...common, configured: http !== null, attempt: (signal) => this.#discover(signal) });
    this.#ssh = new Way({
      ...common,
      configured: ssh !== null,
      attempt: (signal) => this.#openSsh(signal),
      unblocked: () => this.#sshWay?.hasNewHostKey === true,
    });
  }

  get ways(): Ways {
    return { http: this.#http.status, ssh: this.#ssh.status, hub: { kind: 'not-configured' } };
  }

  /** A way that fell silent after it was open still counts: silence is normal while an update runs. */
  get capabilities(): Capabilities {
    const ssh = this.#ssh.isKnownToWork;
    const any = ssh || this.#http.isKnownToWork;
    return {
      readState: any,
      readTimeline: ssh,
      readContainers: ssh,
      readMetadata: ssh,
      uploadObjects: any,
      postRevision: any,
      runRevision: ssh,
      watchProgress: ssh,
      reboot: ssh,
      writeUserMeta: ssh,
      readLogs: ssh,
      openTerminal: ssh,
    };
  }

  get uploadWay(): WayName {
    return this.#choose(['http', 'ssh']);
  }

  get postWay(): WayName {
    return this.#choose(['ssh', 'http']);
  }

  get parallelUploads(): number {
    return this.uploadWay === 'http' ? parallelHttpUploads : (this.#sshWay?.ctrl?.parallelUploads ?? 1);
  }

  onWays(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async connect(signal: AbortSignal, anew = false): Promise<void> {
    const ways = [this.#http, this.#ssh];
    const firstTries = ways.some((way) => way.status.kind === 'connecting');
    const tries = ways.filter((way) => (anew ? !way.isOpen : way.isWorthATry())).map((way) => way.connect(signal));
    // While one way is open, nobody waits for another that may not come back for long.
    if (firstTries || !ways.some((way) => way.isOpen)) await Promise.all(tries);
  }

  async readRunning(signal: AbortSignal): Promise<{ readonly revision: RevisionName | undefined; readonly text: string }> {
    const over = {
      ssh: async (ctrl: PvCtrl) => {
        const revision = runningRevision(await ctrl.metadata('device-meta', signal));
        return { revision, text: await ctrl.state(revision ?? 'current', signal) };
      },
      http: async (endpoint: PvrEndpoint) => ({ revision: undefined, text: await endpoint.state(signal) }),
    };
    return this.#over(['ssh', 'http'], signal, over);
  }

  readTimeline(signal: AbortSignal): Promise<readonly StepReport[]> {
    return this.#overSsh('Showing the timeline', signal, (ctrl) => this.#timeline.read(ctrl, signal));
  }

  readProgress(revision: RevisionName, signal: AbortSignal): Promise<Progress | undefined> {
    return this.#overSsh('Watching an update', signal, (ctrl) => ctrl.progress(revision, signal));
  }

  readState(revision: RevisionName, signal: AbortSignal): Promise<string> {
    return this.#overSsh('Showing an older revision', signal, (ctrl) => ctrl.state(revision, signal));
  }

  readContainers(signal: AbortSignal): Promise<readonly ContainerReport[]> {
    return this.#overSsh('Showing the containers', signal, (ctrl) => ctrl.containers(signal));
  }

  readGroups(signal: AbortSignal): Promise<readonly GroupReport[]> {
    return this.#overSsh('Showing the groups', signal, (ctrl) => ctrl.groups(signal));
  }

  readDeviceMeta(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    return this.#overSsh('Showing metadata', signal, (ctrl) => ctrl.metadata('device-meta', signal));
  }

  readUserMeta(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    return this.#overSsh('Showing metadata', signal, (ctrl) => ctrl.metadata('user-meta', signal));
  }

  changeUserMeta(
    change: (own: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, unknown>>> {
    return this.#nowOverSsh('Changing metadata', signal, (ctrl) => changeUserMeta(ctrl, change, signal));
  }

  async readSecureboot(signal: AbortSignal): Promise<string | undefined> {
    if (!this.#ssh.isKnownToWork) return undefined;
    return this.#overSsh('Asking what it wants of signatures', signal, (ctrl) => ctrl.secureboot(signal));
  }

  async readHubIdentity(signal: AbortSignal): Promise<HubIdentity | undefined> {
    if (!this.#ssh.isConfigured) return undefined;
    return this.#overSsh('Asking who the device is on its hub', signal, (ctrl) => ctrl.hubIdentity(signal));
  }

  /** Over the pvr endpoint alone undefined: it only tells when an upload is announced. */
  async missingObjects(shas: readonly Sha256[], signal: AbortSignal): Promise<ReadonlySet<Sha256> | undefined> {
    if (!this.#ssh.isKnownToWork) return undefined;
    const there = await this.#overSsh('Listing objects', signal, (ctrl) => ctrl.objects(signal));
    return new Set(shas.filter((sha) => !there.has(sha)));
  }

  async objectSize(sha: Sha256, signal: AbortSignal): Promise<number | undefined> {
    if (!this.#ssh.isKnownToWork) return undefined;
    return (await this.#overSsh('Listing objects', signal, (ctrl) => ctrl.objects(signal))).get(sha);
  }

  uploadObject(upload: ObjectUpload, signal: AbortSignal): Promise<'sent' | 'already-there'> {
    return this.#over(['http', 'ssh'], signal, {
      ssh: (ctrl) => ctrl.uploadObject(upload, signal),
      http: (endpoint) => endpoint.uploadObject(upload, signal),
    });
  }

  async *downloadObject(sha: Sha256, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const way = await this.#ready(['http', 'ssh'], signal);
    try {
      if (way === 'http') yield* this.#endpointOrThrow().downloadObject(sha, signal);
      else yield* (await this.#ctrlOrThrow(signal)).downloadObject(sha, signal);
      this.#way(way).heard();
    } catch (error) {
      const problem = asProblem(error);
      this.#way(way).failed(problem);
      throw problem;
    }
  }

  async postRevision(
    post: RevisionPost,
    signal: AbortSignal,
  ): Promise<{ readonly revision: RevisionName; readonly runs: boolean }> {
    return this.#over<{ revision: RevisionName; runs: boolean }>(['ssh', 'http'], signal, {
      ssh: async (ctrl) => {
        await ctrl.post(post, signal);
        return { revision: post.name, runs: false };
      },
      http: async (endpoint) => ({ revision: await endpoint.post(post, signal), runs: true }),
    });
  }

  runRevision(revision: RevisionName, signal: AbortSignal): Promise<void> {
    this.#timeline.forget(revision);
    return this.#nowOverSsh('Running a revision', signal, (ctrl) => ctrl.run(revision, signal));
  }

  reboot(signal: AbortSignal): Promise<void> {
    return this.#nowOverSsh('Rebooting', signal, (ctrl) => ctrl.reboot(signal));
  }

  goRemote(signal: AbortSignal): Promise<void> {
    return this.#nowOverSsh('Going back to the hub', signal, (ctrl) => ctrl.goRemote(signal));
  }

  containerAction(container: string, action: 'start' | 'stop' | 'restart', signal: AbortSignal): Promise<void> {
    return this.#nowOverSsh(`To ${action} a container`, signal, (ctrl) => ctrl.containerAction(container, action, signal));
  }

  /** What a person asked for is tried at once; whether the device answers over SSH shows in the answer. */
  async openShell(request: ShellRequest, signal: AbortSignal): Promise<RemoteShell> {
    if (this.#sshWay === undefined) throw sshMissing('Opening a terminal');
    return this.#sshWay.openShell(request, signal);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    this.logs?.close();
    this.#http.close();
    this.#ssh.close();
    this.#sshWay?.close();
    await this.#endpoint?.close();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  async #discover(signal: AbortSignal): Promise<void> {
    this.#endpoint?.forget();
    await this.#endpoint?.discover(signal);
  }

  async #openSsh(signal: AbortSignal): Promise<void> {
    await this.#sshWay?.open(signal);
  }

  #way(name: WayName): Way {
    return name === 'http' ? this.#http : this.#ssh;
  }

  /** The first of these ways that is open, else the first that was, else the first that is configured. */
  #choose(order: readonly WayName[]): WayName {
    const ways = order.map((name) => ({ name, way: this.#way(name) }));
    const chosen =
      ways.find(({ way }) => way.isOpen) ?? ways.find(({ way }) => way.isKnownToWork) ?? ways.find(({ way }) => way.isConfigured);
    return chosen?.name ?? order[0] ?? 'ssh';
  }

  async #ready(order: readonly WayName[], signal: AbortSignal): Promise<WayName> {
    if (!order.some((name) => this.#way(name).isKnownToWork)) await this.#firstTries(order, signal);
    const way = this.#choose(order);
    if (!this.#way(way).isConfigured) throw noWay();
    await this.#way(way).ready(signal);
    return way;
  }

  /** Both ways are tried before one is chosen; a blocked one must not hide an open one. */
  async #firstTries(order: readonly WayName[], signal: AbortSignal): Promise<void> {
    const untried = order.map((name) => this.#way(name)).filter((way) => way.status.kind === 'connecting');
    await Promise.all(untried.map((way) => way.connect(signal)));
  }

  async #over<T>(
    order: readonly WayName[],
    signal: AbortSignal,
    work: { readonly ssh: (ctrl: PvCtrl) => Promise<T>; readonly http: (endpoint: PvrEndpoint) => Promise<T> },
  ): Promise<T> {
    const way = await this.#ready(order, signal);
    if (way === 'http') return this.#http.use(() => work.http(this.#endpointOrThrow()));
    return this.#ssh.use(async () => work.ssh(await this.#ctrlOrThrow(signal)));
  }

  /** What a person asked for is worth a try at once, without waiting for the next one that is due. */
  async #nowOverSsh<T>(doing: string, signal: AbortSignal, work: (ctrl: PvCtrl) => Promise<T>): Promise<T> {
    if (this.#ssh.isConfigured && this.#sshWay?.ctrl === undefined) await this.#ssh.connect(signal);
    return this.#overSsh(doing, signal, work);
  }

  async #overSsh<T>(doing: string, signal: AbortSignal, work: (ctrl: PvCtrl) => Promise<T>): Promise<T> {
    if (!this.#ssh.isConfigured) throw sshMissing(doing);
    await this.#ssh.ready(signal);
    return this.#ssh.use(async () => work(await this.#ctrlOrThrow(signal)));
  }

  /** A command on the device itself rather than for pv-ctrl. */
  #onConnection<T>(signal: AbortSignal, work: (connection: SshConnection) => Promise<T>): Promise<T> {
    return this.#overSsh('Reading log files', signal, async () => {
      const connection = this.#sshWay?.connection;
      if (connection === undefined) throw this.#ssh.problem() ?? silent();
      return work(connection);
    });
  }

  #endpointOrThrow(): PvrEndpoint {
    if (this.#endpoint === undefined) throw noWay();
    return this.#endpoint;
  }

  async #ctrlOrThrow(signal: AbortSignal): Promise<PvCtrl> {
    const ctrl = this.#sshWay?.ctrl;
    if (ctrl !== undefined) return ctrl;
    // Not connected: a new try is under way or waits for its time; asking more often would not make the device quicker.
    const problem = this.#ssh.problem();
    if (problem !== undefined) throw problem;
    await this.#ssh.connect(signal);
    const connected = this.#sshWay?.ctrl;
    if (connected !== undefined) return connected;
    throw this.#ssh.problem() ?? silent();
  }
}

function silent(): TrailbossError {
  return new TrailbossError('NOT_ANSWERING', {
    what: 'The device is not answering over SSH.',
    unchanged: 'Nothing was changed on the device.',
    next: 'It is tried again by itself.',
  });
}
