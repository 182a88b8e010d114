/**
 * What a device does at its hub (pantahub.c): it registers and is claimed, logs in, posts its factory revision, and from then on asks for
 * steps every 5 seconds, for user-meta every 5, and tells its device-meta every 10 where that has changed. Device seconds.
 */
import { voiceOf } from '../life/advance.ts';
import { FACTORY, type Life } from '../life/model.ts';
import type { HubConnection, HubStanding, ProgressReport } from '../options.ts';
import { claiming } from './claim.ts';
import { postFactory } from './factory.ts';
import { type Fetch, startFetch } from './fetch.ts';
import type { HubHost } from './host.ts';
import { type HubHttp, hubHttp } from './http.ts';
import { type LogLevel, logPush } from './logs.ts';
import { openPauses } from './pace.ts';
import { progressQueue } from './progress-queue.ts';
import { readFirstStep, readHasTrail, readMeta } from './replies.ts';
import { openSession } from './session.ts';

export interface HubSide {
  standing(): HubStanding;
  /** Of the session, where one is open. */
  token(): string | undefined;
  /** Undefined once the device is claimed. */
  challenge(): string | undefined;
  /** The device's life has changed. */
  changed(life: Life): void;
  /** A revision's progress was written; the hub is told of those that are its own. */
  progress(report: ProgressReport): void;
  log(plat: string, src: string, level: LogLevel, text: string): void;
  /** Whether a revision on trial waits for the hub. */
  awaits(revision: string): boolean;
  /** Back to the hub although a local revision runs (GO_REMOTE). */
  goRemote(): void;
  /** Forgets who the device was (UNCLAIM). */
  unclaim(): void;
  close(): Promise<void>;
}

type HubSideOptions = {
  readonly host: HubHost;
  readonly connection: HubConnection;
  /** Milliseconds since 1970; the machine's own clock where it is left out. */
  readonly now?: () => number;
  /** Connections that several devices share; the caller closes them. */
  readonly http?: HubHttp;
  /** Whether the hub is known to have the device's trail. */
  readonly synced?: boolean;
  /** Of an earlier session. */
  readonly token?: string | undefined;
  /** Called when nothing is left to do: no step is pending, and all was told. */
  readonly atRest?: () => void;
};

const POLL_SECONDS = 5;
const USER_META_SECONDS = 5;
const DEVICE_META_SECONDS = 10;
const LOG_SECONDS = 5;
/** Between two lines of a container that has nothing to do. */
const CHATTER_SECONDS = 240;
/** REQ_INTERVAL. */
const AGAIN_SECONDS = 6;

/** Statuses that the device takes up, as it asks for them (QUERY_PENDING_STEPS). */
const PENDING = encodeURIComponent('{"$in":["NEW","DOWNLOADING","INPROGRESS","TESTING","QUEUED"]}');

export function startHubSide({
  host,
  connection,
  now = Date.now,
  http: shared,
  token,
  synced: known = false,
  atRest,
}: HubSideOptions): HubSide {
  const http = shared ?? hubHttp(connection.url, { ca: connection.ca });
  const pauses = openPauses(host.clock);
  const session = openSession(host, http, silent, token);
  const claim = claiming(host, session, connection, setState);
  const queue = progressQueue(session, deviceId);
  const logs = logPush(host, session, now);
  let closed = false;
  let state = 'init';
  let synced = known;
  let fetch: Fetch | undefined;
  const ending = new AbortController();
  let interrupt = new AbortController();
  let begun = { running: host.life().boot.running, bootCount: host.life().boot.bootCount };
  let remote = !isLocal(begun.running);
  let toldMeta: string | undefined;

  function deviceId(): string | undefined {
    return host.credentials.read()?.id;
  }

  function isClaimed(): boolean {
    return host.credentials.read()?.claimed ?? false;
  }

  function setState(next: string): void {
    if (state === next) return;
    state = next;
    host.deviceMeta.set('pantahub.state', next);
  }

  function setMode(toRemote: boolean): void {
    remote = toRemote;
    const mode = remote ? 'remote' : 'local';
    if (host.deviceMeta.get('pantavisor.mode') !== mode) host.deviceMeta.set('pantavisor.mode', mode);
  }

  /** The session ends, and what was found out in it. */
  function leave(): void {
    session.close();
    synced = known;
    setState('init');
  }

  function silent(): void {
    // A local revision on trial does not need the hub.
    if (!closed && remote && isClaimed() && !isLocal(host.life().boot.running)) host.happen({ kind: 'hub-lost' });
  }

  /** What the device does next; gives the device seconds until it looks again. */
  async function turn(): Promise<number> {
    const life = host.life();
    if (voiceOf(life) !== 'answering') return 1;
    if (!remote) return 1;
    if (!isClaimed()) return (await claim.look()) ? 0 : POLL_SECONDS;
    if (!session.isOpen()) {
      setState('login');
      return (await session.open()) ? 0 : AGAIN_SECONDS;
    }
    if (!synced) return sync();
    switch (life.phase.kind) {
      case 'idle':
        setState('idle');
        return poll();
      case 'fetching':
        return carryOn(life.phase.revision);
      default:
        setState('report');
        return 1;
    }
  }

  async function sync(): Promise<number> {
    if (state !== 'sync') setState('wait hub');
    const text = await session.ask({ method: 'GET', url: '/trails/' });
    const found = text === undefined ? undefined : readHasTrail(text);
    if (found === undefined) return AGAIN_SECONDS;
    synced = found;
    if (found) return 0;
    setState('sync');
    return (await postFactory(host, session)) ? 0 : AGAIN_SECONDS;
  }

  async function poll(): Promise<number> {
    await queue.empty();
    const text = await session.ask({ method: 'GET', url: `/trails/${deviceId()}/steps?progress.status=${PENDING}` });
    const step = text === undefined ? undefined : readFirstStep(text);
    if (step === undefined || closed || host.life().phase.kind !== 'idle') return POLL_SECONDS;
    if (step === 'none') {
      if (atRest) await settle();
      return POLL_SECONDS;
    }
    const known = host.trail.progress(step.revision);
    if (known && isFinal(known.status)) {
      // The hub has missed how it ended: it is told once more.
      queue.put({ revision: step.revision, progress: known });
      return POLL_SECONDS;
    }
    host.trail.putState(step.revision, step.state);
    const retries = known?.retries ?? 0;
    host.happen({ kind: 'step', revision: step.revision, retries });
    if (host.life().phase.kind !== 'fetching') return POLL_SECONDS;
    fetch = begin(step.revision, retries + 1);
    return 0;
  }

  function begin(revision: string, retries: number): Fetch {
    const report = async (progress: Parameters<typeof queue.put>[0]['progress']): Promise<void> => {
      host.happen({ kind: 'fetch', progress });
      await queue.empty();
    };
    const rate = (): number | undefined => host.faults.amount('slow-download') ?? connection.bytesPerSecond;
    return startFetch({ host, session, pauses, revision, retries, rate, report, entered: setState, now });
  }

  async function carryOn(revision: string): Promise<number> {
    if (fetch?.revision !== revision) fetch = begin(revision, host.trail.progress(revision)?.retries ?? 1);
    await queue.empty();
    interrupt = new AbortController();
    const signal = AbortSignal.any([ending.signal, interrupt.signal]);
    const end = await fetch.attempt(signal);
    if (signal.aborted) return 1;
    if (end === 'again') return 0;
    fetch = undefined;
    await queue.empty();
    host.happen(end === 'fetched' ? { kind: 'fetched' } : { kind: 'fetch-failed', message: end.failed });
    return 0;
  }

  async function tellMeta(): Promise<void> {
    const body = JSON.stringify(host.deviceMeta.read());
    if (body === toldMeta) return;
    if ((await session.ask({ method: 'PUT', url: `/devices/${deviceId()}/device-meta`, body })) !== undefined) toldMeta = body;
  }

  /** What the hub has replaces all (pv_metadata_parse_usermeta); values that are no text are kept as they are. */
  async function hearMeta(): Promise<void> {
    const text = await session.ask({ method: 'GET', url: `/devices/${deviceId()}/user-meta` });
    const read = text === undefined ? undefined : readMeta(text);
    if (read && !closed) host.userMeta.replace(read);
  }

  async function settle(): Promise<void> {
    await hearMeta();
    await tellMeta();
    await logs.push();
    if (host.life().phase.kind === 'idle') atRest?.();
  }

  async function every(seconds: number, act: () => Promise<unknown>): Promise<void> {
    while (!closed) {
      const online = remote && synced && session.isOpen() && session.isOnline() && voiceOf(host.life()) === 'answering';
      if (online) await act();
      await pauses.pause(seconds);
    }
  }

  let spoken = 0;
  /** One of the containers that run says that it does. */
  async function chatter(): Promise<void> {
    const running = host.life().containers.filter(({ status }) => status === 'STARTED');
    const one = running[spoken % Math.max(1, running.length)];
    spoken += 1;
    if (one) logs.add({ plat: one.name, src: '/lxc/console.log', lvl: 'INFO', msg: `${one.name}: alive` });
  }

  async function live(): Promise<void> {
    host.hint('pantahub-host', `${http.origin}\n`);
    while (!closed) {
      const wait = await turn();
      await pauses.pause(wait);
    }
  }

  setMode(remote);
  const id = deviceId();
  if (id !== undefined) host.hint('device-id', `${id}\n`);
  host.deviceMeta.set('pantahub.claimed', isClaimed() ? '1' : '0');
  const loops = Promise.all([
    live(),
    ...(atRest
      ? []
      : [every(USER_META_SECONDS, hearMeta), every(DEVICE_META_SECONDS, tellMeta), every(CHATTER_SECONDS, chatter)]),
    every(LOG_SECONDS, logs.push),
  ]);

  return {
    standing: () => ({
      id: deviceId(),
      claimed: isClaimed(),
      online: session.isOnline(),
      mode: remote ? 'remote' : 'local',
      state,
    }),
    token: session.token,
    challenge: claim.challenge,
    changed(life) {
      const { running, bootCount } = life.boot;
      const gone = voiceOf(life) === 'gone';
      if (life.phase.kind !== 'fetching' && fetch) {
        fetch = undefined;
        interrupt.abort();
      }
      // A runtime that went away takes its session with it.
      if (gone || bootCount !== begun.bootCount) leave();
      if (running !== begun.running || bootCount !== begun.bootCount) {
        setMode(!isLocal(running));
        if (!remote) leave();
      }
      begun = { running, bootCount };
    },
    progress(report) {
      if (remote && !isLocal(report.revision) && report.revision !== FACTORY) queue.put(report);
    },
    log: (plat, src, lvl, msg) => logs.add({ plat, src, lvl, msg }),
    awaits: (revision) =>
      remote && isClaimed() && !isLocal(revision) && !(session.isOpen() && session.isOnline() && state === 'report'),
    goRemote() {
      setMode(true);
    },
    unclaim() {
      host.credentials.write(undefined);
      host.deviceMeta.set('pantahub.claimed', '0');
      leave();
    },
    async close() {
      closed = true;
      ending.abort();
      pauses.close();
      if (!shared) http.close();
      await loops;
    },
  };
}

function isLocal(revision: string): boolean {
  return revision.startsWith('locals/');
}

function isFinal(status: string): boolean {
  return ['UPDATED', 'DONE', 'WONTGO', 'ERROR'].includes(status);
}
