/** Fetching the objects of a step: first their sizes and addresses, then their bytes (update.c, pantahub_proto.c). */
import { objectsOf } from '../container-specs.ts';
import { downloadProgress, MESSAGE, MOST_RETRIES, metadataProgress, noSpaceMessage } from '../life/messages.ts';
import type { DownloadTotal, Progress } from '../life/model.ts';
import type { HubHost } from './host.ts';
import { type Pauses, paced } from './pace.ts';
import { type HubObject, readObject } from './replies.ts';
import type { HubSession } from './session.ts';

/** How an attempt ended: `again` where the device has to log in first, or was interrupted. */
export type FetchEnd = 'fetched' | 'again' | { readonly failed: string };

export interface Fetch {
  readonly revision: string;
  /** Goes on until all is there; what was found out so far stays for the next attempt. */
  attempt(signal: AbortSignal): Promise<FetchEnd>;
}

/** REQ_INTERVAL (pantahub.c), and PH_UPDATER_TRANSFER_MAX_COUNT: so many transfers are begun at each turn. */
const TURN_SECONDS = 6;
const TRANSFERS = 5;

type FetchOptions = {
  readonly host: HubHost;
  readonly session: HubSession;
  readonly pauses: Pauses;
  readonly revision: string;
  readonly retries: number;
  /** Bytes per device second. */
  readonly rate: () => number | undefined;
  readonly report: (progress: Progress) => Promise<void>;
  readonly entered: (state: 'prep download' | 'download') => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

export function startFetch(options: FetchOptions): Fetch {
  const { host, session, pauses, revision, rate, report, entered, now } = options;
  const wanted = [...new Set(objectsOf(host.trail.state(revision) ?? '{}'))];
  const known = new Map<string, HubObject>();
  const begun = Math.floor(now() / 1000);
  let { retries } = options;
  let lists = 0;
  let downloaded = 0;

  const missing = (): readonly string[] => wanted.filter((sha) => !host.objects.matches(sha));
  const unknown = (): readonly string[] => missing().filter((sha) => !known.has(sha));
  const size = (): number => missing().reduce((sum, sha) => sum + (known.get(sha)?.bytes ?? 0), 0);
  /** Bytes of what was missing when all sizes were known. */
  let total: number | undefined;

  /** Every list but the first of its kind is a retry of the whole update (_enroll_object_list). */
  function mayList(): boolean {
    lists += 1;
    if (lists > 1) retries += 1;
    return retries <= MOST_RETRIES;
  }

  function totals(): DownloadTotal {
    const sizes = { total_size: total ?? 0, total_downloaded: downloaded };
    const times = { start_time: begun, current_time: Math.floor(now() / 1000) };
    return { object_name: 'total', object_id: 'none', ...sizes, ...times };
  }

  async function learn(sha: string): Promise<void> {
    const text = await session.ask({ method: 'GET', url: `/objects/${sha}` });
    const read = text === undefined ? undefined : readObject(text);
    if (read && read.getUrl !== '') known.set(sha, read);
  }

  async function get(sha: string, signal: AbortSignal): Promise<void> {
    const url = known.get(sha)?.getUrl;
    const reply = url === undefined ? undefined : await session.download({ method: 'GET', url, signal });
    if (reply === undefined) return;
    let received = 0;
    async function* counted(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of paced(body, rate, pauses)) {
        signal.throwIfAborted();
        received += chunk.length;
        downloaded += chunk.length;
        yield chunk;
      }
    }
    const stored = await takeIn(sha, reply.status, counted(reply.body));
    if (!stored) downloaded -= received;
  }

  async function takeIn(sha: string, status: number, bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
    try {
      if (status !== 200) {
        for await (const _chunk of bytes) break;
        return false;
      }
      return (await host.objects.put(sha, host.faults.has('wrong-hash') ? spoilt(bytes) : bytes)) === 'stored';
    } catch {
      return false;
    }
  }

  /** Works through a list, beginning a few at each turn; at each turn after the first something may be told. */
  async function eachOf(
    list: readonly string[],
    work: (sha: string) => Promise<void>,
    turned: () => void,
    signal: AbortSignal,
  ): Promise<void> {
    const waiting = [...list];
    const active = new Set<Promise<void>>();
    while (waiting.length > 0 || active.size > 0) {
      if (signal.aborted) return void (await Promise.all(active));
      for (const sha of waiting.splice(0, TRANSFERS - active.size)) {
        const one = work(sha).finally(() => active.delete(one));
        active.add(one);
      }
      const through = waiting.length === 0 ? Promise.all(active).then(() => true) : new Promise<true>(() => {});
      if (await Promise.race([pauses.pause(TURN_SECONDS), through])) return;
      if (!session.isOpen()) await session.open();
      turned();
    }
  }

  async function prepare(signal: AbortSignal): Promise<FetchEnd> {
    entered('prep download');
    lists = 0;
    while (unknown().length > 0) {
      if (!session.isOpen() || signal.aborted) return 'again';
      if (!mayList()) return { failed: MESSAGE.maxDownload };
      await report(metadataProgress(retries));
      await eachOf(unknown(), learn, () => {}, signal);
      if (unknown().length > 0) await pauses.pause(TURN_SECONDS);
    }
    total ??= size();
    return 'fetched';
  }

  async function download(signal: AbortSignal): Promise<FetchEnd> {
    entered('download');
    lists = 0;
    let told = -1;
    const tell = (): void => {
      if (signal.aborted || downloaded === told) return;
      told = downloaded;
      void report(downloadProgress(retries, totals()));
    };
    while (missing().length > 0) {
      if (signal.aborted || !session.isOpen()) return 'again';
      if (!mayList()) return { failed: MESSAGE.maxDownload };
      told = downloaded;
      await report(downloadProgress(retries, totals()));
      await eachOf(missing(), (sha) => get(sha, signal), tell, signal);
      if (missing().length > 0) await pauses.pause(TURN_SECONDS);
    }
    return 'fetched';
  }

  return {
    revision,
    async attempt(signal) {
      if (missing().length === 0) return 'fetched';
      const prepared = await prepare(signal);
      if (prepared !== 'fetched') return prepared;
      const free = host.faults.has('no-space') ? 0 : host.freeBytes();
      if (downloaded === 0 && (total ?? 0) > free) return { failed: noSpaceMessage(total ?? 0, free) };
      return download(signal);
    },
  };
}

async function* spoilt(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) yield chunk;
  yield Buffer.from('\0');
}
