import { basename } from 'node:path';
import type { CheckoutSummary, CheckoutView } from '../../shared/contract/checkout.ts';
import { type KnownProblem, knownProblem, TrailbossError } from '../../shared/contract/errors.ts';
import { parsePristine } from '../../shared/pvr/pristine.ts';
import { Listeners } from '../fleet/listeners.ts';
import type { CheckoutRecord } from '../storage/checkouts.ts';
import { shaOfBytes } from './folder/file-facts.ts';
import { openPvrFolder } from './folder/folder.ts';
import type { FolderBackup, FolderReading, FolderUser, PvrFolder } from './pvr-folder.ts';
import { TreeWatch } from './tree-watch.ts';

/** While somebody else works on it, it is looked again so often, in milliseconds: nothing tells when a process has ended. */
const whileBusy = 500;

/** As long as it is not there, in milliseconds: there is nothing that could be watched. */
const whileGone = 3000;

interface Look {
  readonly reading: FolderReading | undefined;
  readonly user: FolderUser | undefined;
  readonly backup: FolderBackup | undefined;
  readonly problem: KnownProblem | undefined;
  readonly gone: boolean;
}

/** A checkout on the list: what was read of it last, read again when its files change while somebody looks. */
export class LiveFolder {
  readonly changes = new Listeners<undefined>();
  readonly #record: CheckoutRecord;
  readonly #report: (error: unknown) => void;
  #folder: Promise<PvrFolder> | undefined;
  #look: Look | undefined;
  #view: CheckoutView;
  #seen = '';
  #lookers = 0;
  #watch: TreeWatch | undefined;
  #again: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  readonly #ending = new AbortController();

  constructor(record: CheckoutRecord, report: (error: unknown) => void) {
    this.#record = record;
    this.#report = report;
    this.#view = viewOf(record, undefined, 0);
  }

  get view(): CheckoutView {
    return this.#view;
  }

  get summary(): CheckoutSummary {
    const { id, path, name, openedAt, condition, changes } = this.#view;
    return { id, path, name, openedAt, condition, changes };
  }

  get hasBeenRead(): boolean {
    return this.#look !== undefined;
  }

  /** NOT_FOUND when there is no checkout any more. */
  folder(): Promise<PvrFolder> {
    this.#folder ??= openPvrFolder(this.#record.path).catch((error: unknown) => {
      this.#folder = undefined;
      throw error;
    });
    return this.#folder;
  }

  /** What was read last, read now where it has not been. The error that reading it gave. */
  async reading(): Promise<FolderReading> {
    if (this.#watch === undefined || this.#look?.reading === undefined) await this.refresh();
    if (this.#look?.reading !== undefined) return this.#look.reading;
    return (await this.folder()).read(this.#ending.signal);
  }

  /** Watches its files until the returned function is called. */
  look(): () => void {
    this.#lookers += 1;
    if (this.#lookers === 1) {
      this.#watch = new TreeWatch(this.#record.path, () => void this.refresh());
      void this.refresh();
    }
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#lookers -= 1;
      if (this.#lookers === 0) this.#stopWatching();
    };
  }

  /** Reads it again; a reading that is under way already may have missed what just changed, so that another one follows it. */
  refresh(): Promise<void> {
    if (this.#ending.signal.aborted) return Promise.resolve();
    if (this.#running === undefined) {
      this.#running = this.#read().finally(() => {
        this.#running = undefined;
      });
      return this.#running;
    }
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      return this.refresh();
    });
    return this.#next;
  }

  async close(): Promise<void> {
    this.#ending.abort();
    this.#stopWatching();
    await this.#running;
  }

  async #read(): Promise<void> {
    const look = await this.#lookNow();
    if (look === undefined || this.#ending.signal.aborted) return;
    this.#look = look;
    const next = viewOf(this.#record, look, this.#view.version);
    const seen = JSON.stringify({ ...next, mark: look.reading?.mark });
    clearTimeout(this.#again);
    const again = look.user !== undefined ? whileBusy : look.reading === undefined ? whileGone : undefined;
    if (again !== undefined && this.#lookers > 0) this.#again = setTimeout(() => void this.refresh(), again);
    void this.#watch?.renew().catch(this.#report);
    if (seen === this.#seen) return;
    this.#view = { ...next, version: this.#view.version + 1 };
    this.#seen = JSON.stringify({ ...this.#view, mark: look.reading?.mark });
    this.changes.tell(undefined);
  }

  async #lookNow(): Promise<Look | undefined> {
    try {
      try {
        return await this.#lookAt(await this.folder());
      } catch (error) {
        if (this.#ending.signal.aborted) return undefined;
        // It may have gone, or been made anew, while it was read.
        this.#folder = undefined;
        if (!(error instanceof TrailbossError) || error.code === 'NOT_FOUND') throw error;
        return await this.#lookAt(await this.folder());
      }
    } catch (error) {
      this.#folder = undefined;
      if (this.#ending.signal.aborted) return undefined;
      if (!(error instanceof TrailbossError)) this.#report(error);
      const problem = error instanceof TrailbossError ? error : unforeseen(this.#record.path, error);
      const gone = problem.code === 'NOT_FOUND';
      return { reading: undefined, user: undefined, backup: undefined, problem: knownProblem(problem), gone };
    }
  }

  async #lookAt(folder: PvrFolder): Promise<Look> {
    const [reading, user, backup] = await Promise.all([folder.read(this.#ending.signal), folder.user(), folder.backup()]);
    return { reading, user, backup, problem: undefined, gone: false };
  }

  #stopWatching(): void {
    clearTimeout(this.#again);
    this.#watch?.close();
    this.#watch = undefined;
  }
}

/** An error that nobody foresaw leaves nobody waiting: it is shown, and reading is tried again. */
function unforeseen(path: string, cause: unknown): TrailbossError {
  return new TrailbossError('INTERNAL', {
    what: `Something went wrong inside Trailboss while ${path} was read.`,
    unchanged: 'Nothing was written to it.',
    next: 'It is tried again by itself; if it stays so, please report it with the text below.',
    raw: cause instanceof Error ? cause.message : String(cause),
  });
}

function viewOf({ id, path, openedAt }: CheckoutRecord, look: Look | undefined, version: number): CheckoutView {
  const reading = look?.reading;
  const committed = parsedCommit(reading?.committed);
  const changes = reading?.status.filter(({ letter }) => letter !== '?').length ?? 0;
  return {
    id,
    path,
    name: basename(path) || path,
    openedAt,
    condition: conditionOf(look, changes),
    changes,
    version,
    ...(committed !== undefined && { commit: committed }),
    ...(reading?.working !== undefined && { workingSha: shaOfBytes(reading.working) }),
    status: [...(reading?.status ?? [])],
    problems: [...(reading?.problems ?? [])],
    losses: [...(reading?.losses ?? [])],
    damage: [...(reading?.damage ?? [])],
    remotes: reading?.remotes ?? { get: '', put: '', post: '' },
    objectsDir: reading?.objectsDir ?? '',
    ...(look?.user !== undefined && { busy: look.user }),
    ...(look?.backup !== undefined && { backup: look.backup }),
    ...(look?.problem !== undefined && { problem: look.problem }),
  };
}

function conditionOf(look: Look | undefined, changes: number): CheckoutSummary['condition'] {
  if (look === undefined) return 'reading';
  if (look.gone) return 'gone';
  if (look.reading === undefined) return 'unreadable';
  if (look.reading.damage.length > 0) return 'damaged';
  return changes > 0 ? 'changed' : 'clean';
}

function parsedCommit(text: string | undefined): CheckoutView['commit'] {
  if (text === undefined) return undefined;
  const parsed = parsePristine(text);
  const entries = parsed.ok ? [...parsed.pristine.members.keys()].filter((key) => key !== '#spec').length : 0;
  return { sha: shaOfBytes(text), entries };
}
