import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { basename } from 'node:path';
import type { CheckoutSummary, Remotes, WorkNews } from '../../shared/contract/checkout.ts';
import { CheckoutId } from '../../shared/contract/ids.ts';
import { objectSha, parsePristine } from '../../shared/pvr/pristine.ts';
import type { Sha256 } from '../../shared/state/ids.ts';
import { Listeners } from '../fleet/listeners.ts';
import type { ActivityLog } from '../storage/activity.ts';
import type { CheckoutStore } from '../storage/checkouts.ts';
import { browseFolder } from './browse.ts';
import { firstBytes } from './first-bytes.ts';
import { exportFolder } from './folder/export.ts';
import { shaOfBytes } from './folder/file-facts.ts';
import { openPvrFolder } from './folder/folder.ts';
import { importInto } from './folder/import.ts';
import { initFolder } from './folder/init.ts';
import { LiveFolder } from './live-folder.ts';
import { localPath } from './origins/open-origin.ts';
import { badState, cancelled, missingObject, noSuchCheckout } from './problems.ts';
import type { PvrFolder } from './pvr-folder.ts';
import { type Output, type Progress, type WorkDone, workNews } from './work-news.ts';

interface Ports {
  readonly store: CheckoutStore;
  readonly activity: ActivityLog;
  /** Where checkouts that are made here keep their objects: pvr's own folder for them. */
  readonly objectsDir: string;
  readonly now: () => number;
  readonly report: (error: unknown) => void;
}

/** The pvr checkouts that were opened here: what is in them, and what is done with them. */
export class Checkouts {
  /** When the list, or a summary on it, has changed. */
  readonly listChanges = new Listeners<undefined>();
  readonly objectsDir: string;
  readonly #ports: Ports;
  readonly #live = new Map<CheckoutId, LiveFolder>();
  readonly #works = new Set<Promise<WorkDone>>();
  readonly #ending = new AbortController();
  #survey: Promise<void> | undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.objectsDir = ports.objectsDir;
    for (const record of ports.store.all()) this.#keep(new LiveFolder(record, ports.report));
  }

  /** The last opened one first. The first who asks has those looked at that nobody looked at yet. */
  list(): CheckoutSummary[] {
    this.#survey ??= this.#lookAtAll();
    return [...this.#live.values()]
      .map(({ summary }) => summary)
      .sort((a, b) => b.openedAt - a.openedAt || (a.id < b.id ? -1 : 1));
  }

  /** A folder of this computer, for choosing. */
  browse(path: string | undefined) {
    return browseFolder(path === undefined ? undefined : localPath(path, homedir()));
  }

  /** Puts a folder on the list. One that is there already is the same checkout. NOT_FOUND for what is no checkout. */
  async open(path: string): Promise<CheckoutId> {
    const folder = await openPvrFolder(localPath(path, homedir()));
    const known = [...this.#live.values()].find(({ view }) => view.path === folder.root);
    const id = known?.view.id ?? CheckoutId.parse(randomUUID());
    const record = { id, path: folder.root, openedAt: this.#ports.now() };
    this.#ports.store.save(record);
    if (known === undefined) this.#keep(new LiveFolder(record, this.#ports.report));
    this.listChanges.tell(undefined);
    void this.#of(id).refresh();
    return id;
  }

  /** Makes an empty checkout as `pvr init` does, and opens it. */
  async create(path: string): Promise<CheckoutId> {
    return this.open(await initFolder(localPath(path, homedir()), this.objectsDir));
  }

  /** Takes it off the list, and its backup away; everything else stays. */
  async close(id: CheckoutId): Promise<void> {
    const live = this.#of(id);
    this.#live.delete(id);
    this.#ports.store.remove(id);
    const folder = await live.folder().catch(() => undefined);
    await folder?.dropBackup().catch(this.#ports.report);
    await live.close();
    this.listChanges.tell(undefined);
  }

  /** Its files are watched until `close` is called. NOT_FOUND. */
  watch(id: CheckoutId) {
    const live = this.#of(id);
    const close = live.look();
    return { view: () => (live.hasBeenRead ? live.view : undefined), changes: live.changes, close };
  }

  /** NOT_FOUND also when the folder is gone. */
  folder(id: CheckoutId): Promise<PvrFolder> {
    return this.#of(id).folder();
  }

  /** The whole path of its folder. NOT_FOUND. */
  rootOf(id: CheckoutId): string {
    return this.#of(id).view.path;
  }

  /** Something was written to a checkout: it is read again. */
  touched(id: CheckoutId): Promise<void> {
    return this.#of(id).refresh();
  }

  /** Canonical as it would be committed, or is. BAD_STATE where it can't be read. */
  async state(id: CheckoutId, which: 'working' | 'commit'): Promise<{ readonly text: string; readonly sha: string }> {
    const { committed, working, problems } = await this.#of(id).reading();
    const text = which === 'commit' ? committed : working;
    if (text !== undefined) return { text, sha: shaOfBytes(text) };
    const [first] = problems;
    if (first === undefined || which === 'commit') throw badState("The committed state can't be read.", 'Mend the checkout.');
    throw badState(
      'The working tree is no state as it is.',
      `Correct ${first.path}, or add it raw.`,
      `${first.path}: ${first.text}`,
    );
  }

  /** The beginning of an object, from the object folder or a file of the tree that has its bytes. NOT_FOUND. */
  async object(id: CheckoutId, sha: Sha256, maxBytes: number) {
    const folder = await this.folder(id);
    const stored = (await folder.objects.size(sha)) === undefined ? undefined : folder.objects.path(sha);
    const path = stored ?? (await this.#treeFile(id, folder, sha));
    if (path === undefined) throw missingObject(sha, 'the object folder or the tree');
    return await firstBytes(path, maxBytes);
  }

  async file(id: CheckoutId, key: string, maxBytes: number, signal: AbortSignal) {
    const { path, mark } = await (await this.folder(id)).file(key, signal);
    return { ...(await firstBytes(path, maxBytes)), mark };
  }

  async writeFile(id: CheckoutId, key: string, text: string, mark: string | undefined): Promise<{ readonly mark: string }> {
    return { mark: await this.#change(id, (folder) => folder.writeFile(key, text, mark)) };
  }

  removeFiles(id: CheckoutId, keys: readonly string[]): Promise<void> {
    return this.#change(id, (folder) => folder.removeFiles(keys));
  }

  /** Writes signature files and tracks them, as `pvr sig add` and `pvr add` do; what they replace goes into the backup. */
  writeSignatures(id: CheckoutId, files: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
    return this.#change(id, (folder) =>
      folder.exclusively(async () => {
        await folder.replaceFiles(files, files.size === 1 ? 'A signature' : `${files.size} signatures`);
        const { status } = await folder.read(signal);
        const untracked = new Set(status.filter(({ letter }) => letter === '?').map(({ path }) => path));
        const fresh = [...files.keys()].filter((path) => untracked.has(path));
        if (fresh.length > 0) await folder.add(fresh, false, signal);
      }, signal),
    );
  }

  add(id: CheckoutId, keys: readonly string[], raw: boolean, signal: AbortSignal): Promise<number> {
    return this.#change(id, (folder) => folder.add(keys, raw, signal));
  }

  forgetAdded(id: CheckoutId, keys: readonly string[]): Promise<void> {
    return this.#change(id, (folder) => folder.forgetAdded(keys));
  }

  restoreBackup(id: CheckoutId, backupId: string): Promise<void> {
    return this.#change(id, (folder) => folder.restoreBackup(backupId));
  }

  setRemotes(id: CheckoutId, remotes: Remotes): Promise<void> {
    return this.#change(id, (folder) => folder.setRemotes(remotes));
  }

  commit(id: CheckoutId, message: string, signal: AbortSignal | undefined): AsyncGenerator<WorkNews, void> {
    return this.work(id, 'committed', signal, async (folder, tell, stop) => {
      const text = await folder.commit(message, stop, tell);
      return { text: `Committed ${shaOfBytes(text).slice(0, 8)}` };
    });
  }

  /** Files as they are committed; without keys all, as `pvr reset` does. */
  reset(id: CheckoutId, keys: readonly string[], signal: AbortSignal | undefined): AsyncGenerator<WorkNews, void> {
    return this.work(id, 'reset', signal, async (folder, tell, stop) => {
      const label = keys.length === 0 ? 'Reset' : keys.length === 1 ? `Reset ${keys[0]}` : `Reset ${keys.length} files`;
      await folder.checkOut(keys.length === 0 ? { label } : { keys, label }, stop, tell);
      return { text: keys.length === 0 ? 'Everything is as it was committed' : 'Back to what is committed' };
    });
  }

  mend(id: CheckoutId, ids: readonly string[], signal: AbortSignal | undefined): AsyncGenerator<WorkNews, void> {
    return this.work(id, 'mended', signal, async (folder, tell, stop) => {
      await folder.mend(ids, stop, tell);
      return { text: 'Mended' };
    });
  }

  exportTo(
    id: CheckoutId,
    path: string,
    parts: readonly string[],
    signal: AbortSignal | undefined,
  ): AsyncGenerator<WorkNews, void> {
    return this.work(id, 'exported', signal, async (folder, tell, stop) => {
      const target = localPath(path, homedir());
      await exportFolder(folder, target, parts, stop, tell);
      return { text: `Wrote ${basename(target)}`, path: target };
    });
  }

  importFrom(id: CheckoutId, path: string, signal: AbortSignal | undefined): AsyncGenerator<WorkNews, void> {
    return this.work(id, 'imported into', signal, async (folder, tell, stop) => {
      await importInto(folder, localPath(path, homedir()), stop, tell);
      return { text: `Imported ${basename(path)}` };
    });
  }

  /** A piece of work on a checkout, as a stream: it is recorded as `what` and the checkout is read again afterwards, however it ends. */
  work(
    id: CheckoutId,
    what: string,
    signal: AbortSignal | undefined,
    work: (folder: PvrFolder, tell: Progress, signal: AbortSignal, output: Output) => Promise<WorkDone>,
  ): AsyncGenerator<WorkNews, void> {
    const live = this.#of(id);
    return this.news(async (tell, stop, output) => {
      try {
        const done = await work(await live.folder(), tell, stop, output);
        this.#ports.activity.record({ what: `${what} the checkout ${live.view.name}`, result: 'ok', kind: 'checkout' });
        return { checkoutId: id, ...done };
      } catch (error) {
        const result = stop.aborted ? 'cancelled' : 'failed';
        this.#ports.activity.record({ what: `${what} the checkout ${live.view.name}`, result, kind: 'checkout' });
        throw stop.aborted ? cancelled() : error;
      } finally {
        await live.refresh();
      }
    }, signal);
  }

  /** Any piece of work that has to do with checkouts, as a stream. It ends with the room. */
  news(work: Parameters<typeof workNews>[0], signal: AbortSignal | undefined): AsyncGenerator<WorkNews, void> {
    const ending = this.#ending.signal;
    const tracked: typeof work = async (...news) => {
      const running = work(...news);
      this.#works.add(running);
      return await running.finally(() => this.#works.delete(running));
    };
    return workNews(tracked, signal === undefined ? ending : AbortSignal.any([signal, ending]));
  }

  /** Cancels what is under way, and waits for its end: no program that was started here outlives this. */
  async closeAll(): Promise<void> {
    this.#ending.abort();
    await Promise.allSettled(this.#works);
    await Promise.all([...this.#live.values()].map((live) => live.close()));
  }

  /** Work that is over at once. */
  async #change<T>(id: CheckoutId, work: (folder: PvrFolder) => Promise<T>): Promise<T> {
    const live = this.#of(id);
    try {
      return await work(await live.folder());
    } finally {
      await live.refresh();
    }
  }

  async #treeFile(id: CheckoutId, folder: PvrFolder, sha: Sha256): Promise<string | undefined> {
    const { working } = await this.#of(id).reading();
    const parsed = parsePristine(working ?? '');
    const found = parsed.ok
      ? [...parsed.pristine.members].find(([key, raw]) => key !== '#spec' && objectSha(raw) === sha)
      : undefined;
    if (found === undefined) return undefined;
    return (await folder.file(found[0], AbortSignal.timeout(60_000))).path;
  }

  async #lookAtAll(): Promise<void> {
    for (const live of [...this.#live.values()]) if (!live.hasBeenRead) await live.refresh();
  }

  #keep(live: LiveFolder): void {
    this.#live.set(live.view.id, live);
    let before = JSON.stringify(live.summary);
    live.changes.add(() => {
      const now = JSON.stringify(live.summary);
      if (now !== before) this.listChanges.tell(undefined);
      before = now;
    });
  }

  #of(id: CheckoutId): LiveFolder {
    const live = this.#live.get(id);
    if (live === undefined) throw noSuchCheckout();
    return live;
  }
}
