import { type ErrorCode, TrailbossError } from '../../../../shared/contract/errors.ts';
import type { LogEntry, LogFile, LogFileName } from '../../../../shared/contract/logs.ts';
import { abortable, pause } from '../../../net/deadline.ts';
import type { SshConnection } from '../../../net/ssh.ts';
import type { DeviceLogs, FollowLogs, LogNews } from '../../source.ts';
import { asProblem } from '../way.ts';
import { Following, isPacked } from './following.ts';
import { linkTarget, parseListing } from './listing.ts';
import { entryOf, fileFacts, LineCutter } from './log-lines.ts';
import { currentCommand, findLogRoot, listCommand, logRoots, readRange } from './log-root.ts';
import { LogShell, type Streaming } from './log-shell.ts';

const mostListing = 1_048_576;
/** Bytes that are read backwards for one page; more where a line is longer. */
const pageBytes = 65_536;
const mostPageBytes = 1_048_576;
/** Milliseconds between two looks at the files: while lines come, and slower and slower while none do. */
const soonMs = 100;
const latestMs = 1000;
/** After a failure it is tried again so soon; the way itself waits longer where that makes sense. */
const againMs = 1000;
/** A pause that is not worth a mark. */
const shortAwayMs = 2000;
/** A shell that nobody uses is ended after this time. */
const idleMs = 5000;

export interface DeviceLogsPorts {
  readonly now: () => number;
  /** Runs something over SSH, connecting where that makes sense; learns from how it ends. */
  readonly overSsh: <T>(signal: AbortSignal, work: (connection: LogConnection) => Promise<T>) => Promise<T>;
  /** Where log files may lie; the places of real devices where it is left out. */
  readonly roots?: readonly string[];
}

/** What is needed of an SSH connection. */
export type LogConnection = Streaming & Pick<SshConnection, 'isOpen' | 'target'>;

/** Only a person can change these; everything else may pass by itself. */
const lasting: ReadonlySet<ErrorCode> = new Set([
  'HOST_KEY_UNKNOWN',
  'HOST_KEY_CHANGED',
  'PASSPHRASE_NEEDED',
  'WAY_MISSING',
  'NOT_FOUND',
  'BAD_INPUT',
  'CANCELLED',
]);

interface OpenShell {
  readonly shell: LogShell;
  readonly connection: LogConnection;
  readonly root: string;
}

/**
 * The log files of one device over SSH. All reading goes through one shell on the device, which is there while somebody reads. It runs
 * neither `pvcontrol` nor `pvcurl`, so it may run beside them.
 */
export class LogFiles implements DeviceLogs {
  readonly #ports: DeviceLogsPorts;
  #open: Promise<OpenShell> | undefined;
  #opened: OpenShell | undefined;
  #users = 0;
  #idle: NodeJS.Timeout | undefined;
  readonly #closing = new AbortController();

  constructor(ports: DeviceLogsPorts) {
    this.#ports = ports;
  }

  list(signal: AbortSignal): Promise<{ readonly running: string | undefined; readonly files: readonly LogFile[] }> {
    return this.#use(signal, async ({ shell, root }) => {
      const [link, listing] = await Promise.all([
        shell.ask(currentCommand(root), 4096, signal),
        shell.ask(listCommand(root), mostListing, signal),
      ]);
      const files = parseListing(listing.toString('utf8'), root).flatMap(({ path, size }) => {
        const name = inRevision(path);
        if (name === undefined) return [];
        const { platform, source } = fileFacts(name.revision, name.path);
        return [{ ...name, platform, source, size, packed: isPacked(name.path) }];
      });
      return { running: linkTarget(link.toString('utf8')), files };
    });
  }

  read(
    file: LogFileName,
    { offset, length }: { readonly offset: number; readonly length: number },
    signal: AbortSignal,
  ): Promise<{ readonly bytes: Uint8Array; readonly size: number }> {
    return this.#use(signal, async ({ shell, root }) => {
      const place = placeOf(root, file);
      const size = await sizeOf(shell, place, file, signal);
      const wanted = Math.max(0, Math.min(length, size - offset));
      const bytes = wanted === 0 ? new Uint8Array() : await readRange(shell, place, { offset, length: wanted }, signal);
      return { bytes: Uint8Array.from(bytes), size };
    });
  }

  older(
    file: LogFileName,
    { before, limit }: { readonly before: number | undefined; readonly limit: number },
    signal: AbortSignal,
  ): Promise<{ readonly entries: readonly LogEntry[]; readonly older: number | undefined }> {
    return this.#use(signal, async ({ shell, root }) => {
      const place = placeOf(root, file);
      const end = before ?? (await sizeOf(shell, place, file, signal));
      const facts = fileFacts(file.revision, file.path);
      for (let bytes = pageBytes; ; bytes *= 4) {
        const offset = Math.max(0, end - bytes);
        const cutter = new LineCutter(offset);
        const cut = [...cutter.push(await readRange(shell, place, { offset, length: end - offset }, signal)), ...cutter.flush()];
        const whole = offset === 0 ? cut : cut.slice(1);
        if (whole.length === 0 && offset > 0 && bytes < mostPageBytes) continue;
        const page = whole.slice(-limit);
        const first = page[0]?.at ?? offset;
        const entries = page.filter(({ text }) => text !== '').map((line) => entryOf(line, facts, undefined));
        return { entries: entries.toReversed(), older: first > 0 ? first : undefined };
      }
    });
  }

  /** Never throws but for what only a person can change, and CANCELLED when the signal fires. */
  async *follow(wish: FollowLogs, signal: AbortSignal): AsyncGenerator<LogNews> {
    const { now } = this.#ports;
    let following: Following | undefined;
    let awaySince: number | undefined;
    let heard = false;
    for (;;) {
      try {
        for await (const news of this.#rounds(wish, following, signal)) {
          following = news.following;
          const entries = [...this.#back(awaySince), ...news.entries];
          awaySince = undefined;
          heard = true;
          yield { entries, places: news.places, ...(news.ended && { ended: true }) };
          if (news.ended) return;
        }
      } catch (error) {
        const problem = asProblem(error);
        if (lasting.has(problem.code) || (problem.code === 'LOGIN_REFUSED' && !heard)) throw problem;
        awaySince ??= now();
        yield { entries: [], awaySince };
      }
      await pause(againMs, signal);
    }
  }

  close(): void {
    this.#closing.abort();
    clearTimeout(this.#idle);
    this.#opened?.shell.close();
  }

  #back(awaySince: number | undefined): readonly LogEntry[] {
    const at = this.#ports.now();
    if (awaySince === undefined || at - awaySince < shortAwayMs) return [];
    return [{ id: `away@${at}`, at, level: '', text: '', mark: { kind: 'away', ms: at - awaySince } }];
  }

  /** Looks at the files again and again, on one connection; ends only with an error or at the end of a revision that does not run. */
  async *#rounds(wish: FollowLogs, before: Following | undefined, signal: AbortSignal): AsyncGenerator<RoundNews> {
    const leave = this.#enter();
    try {
      const open = await this.#shell(signal);
      let following = before;
      let wait = soonMs;
      for (;;) {
        const round = await this.#round(open, wish, following, signal);
        following = round.following;
        wait = round.entries.length > 0 ? soonMs : Math.min(latestMs, wait * 1.5);
        yield round;
        if (round.ended) return;
        await pause(wait, signal);
      }
    } finally {
      leave();
    }
  }

  /** One look: what was written since the last one, and whether the device runs another revision by now. */
  async #round(
    { shell, root }: OpenShell,
    wish: FollowLogs,
    before: Following | undefined,
    signal: AbortSignal,
  ): Promise<RoundNews> {
    const { now } = this.#ports;
    const command = (revision: string) => `${currentCommand(root)}; ${listCommand(`${root}/${revision}`)}`;
    const first = before?.revision ?? wish.revision ?? 'current';
    const text = (await shell.ask(command(first), mostListing, signal)).toString('utf8');
    const running = linkTarget(text) ?? before?.revision;
    const revision = before?.revision ?? wish.revision ?? running;
    if (revision === undefined) throw noRevision();
    const following = before ?? new Following(revision, startOf(wish, revision));
    const marks = before === undefined ? changedSince(wish, revision) : [];
    const reads = following.plan(parseListing(text, `${root}/${first}`));
    const pieces = await Promise.all(reads.map((read) => readRange(shell, `${root}/${revision}/${read.path}`, read, signal)));
    for (const [index, read] of reads.entries()) following.take(read, pieces[index] ?? Buffer.alloc(0), now());
    // A file that can't be read, or has less than it says, keeps nobody here.
    const gaveNothing = pieces.every((piece) => piece.length === 0);
    const isOver = gaveNothing && running !== undefined && running !== revision;
    if (isOver) following.finish(now());
    const news = following.news();
    const entries = [...marks, ...news.entries];
    if (before === undefined && wish.places === undefined && wish.revision === undefined) entries.push(liveMark(now()));
    if (!isOver) return { following, entries, places: news.places, ended: false };
    if (wish.revision !== undefined) return { following, entries, places: news.places, ended: true };
    // Its files are read to their ends: on to those of the revision that runs now.
    const next = new Following(running, { fromStart: true });
    return {
      following: next,
      entries: [...entries, revisionMark(revision, running, now())],
      places: next.news().places,
      ended: false,
    };
  }

  async #use<T>(signal: AbortSignal, work: (open: OpenShell) => Promise<T>): Promise<T> {
    const leave = this.#enter();
    try {
      return await work(await this.#shell(signal));
    } finally {
      leave();
    }
  }

  #enter(): () => void {
    this.#users += 1;
    clearTimeout(this.#idle);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#users -= 1;
      if (this.#users > 0) return;
      this.#idle = setTimeout(() => this.#opened?.shell.close(), this.#closing.signal.aborted ? 0 : idleMs);
      this.#idle.unref();
    };
  }

  /** The shell that is there, else a new one. */
  async #shell(signal: AbortSignal): Promise<OpenShell> {
    const { overSsh } = this.#ports;
    const there = this.#opened;
    if (there?.shell.isOpen === true && there.connection.isOpen) return there;
    // Whoever gives up waiting takes it from nobody else.
    const { signal: closing } = this.#closing;
    this.#open ??= overSsh(closing, async (connection) => {
      const shell = new LogShell(connection);
      try {
        const root = await findLogRoot(shell, this.#ports.roots ?? logRoots, connection.target.user, closing);
        return { shell, connection, root };
      } catch (error) {
        shell.close();
        throw error;
      }
    }).finally(() => {
      this.#open = undefined;
    });
    this.#opened = await abortable(this.#open, signal);
    if (this.#closing.signal.aborted) this.#opened.shell.close();
    return this.#opened;
  }
}

interface RoundNews extends Required<Pick<LogNews, 'entries' | 'places'>> {
  readonly following: Following;
  readonly ended: boolean;
}

function startOf(wish: FollowLogs, revision: string): ConstructorParameters<typeof Following>[1] {
  if (wish.places === undefined) return { lines: wish.lines };
  return wish.places.revision === revision ? { places: wish.places } : { fromStart: true };
}

/** Who goes on from files of another revision is told. */
function changedSince({ places }: FollowLogs, revision: string): LogEntry[] {
  return places === undefined || places.revision === revision ? [] : [revisionMark(places.revision, revision, undefined)];
}

function revisionMark(before: string, now: string, at: number | undefined): LogEntry {
  const mark = { kind: 'revision', before, now } as const;
  return { id: `${now}#begins`, ...(at === undefined ? {} : { at }), revision: now, level: '', text: '', mark };
}

function liveMark(at: number): LogEntry {
  return { id: `live@${at}`, at, level: '', text: '', mark: { kind: 'live' } };
}

/** A revision's name is one part of the path, or two where it is a local one (`locals/NAME`). */
function inRevision(path: string): LogFileName | undefined {
  const [, revision, rest] = /^(locals\/[^/]+|[^/]+)\/(.+)$/.exec(path) ?? [];
  return revision === undefined || rest === undefined ? undefined : { revision, path: rest };
}

function placeOf(root: string, { revision, path }: LogFileName): string {
  const parts = `${revision}/${path}`.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..') || /[\0\n]/.test(path)) throw noSuchFile(path);
  return `${root}/${revision}/${path}`;
}

async function sizeOf(shell: LogShell, place: string, { path }: LogFileName, signal: AbortSignal): Promise<number> {
  const folder = place.slice(0, place.lastIndexOf('/'));
  const name = place.slice(folder.length + 1);
  const listing = parseListing((await shell.ask(listCommand(folder), mostListing, signal)).toString('utf8'), folder);
  const found = listing.find((file) => file.path === name);
  if (found === undefined) throw noSuchFile(path);
  return found.size;
}

function noSuchFile(path: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `The device does not have the log file ${path.slice(0, 200)} any more.`,
    unchanged: 'Nothing was changed on the device.',
    next: 'Look at the list of files again: the device removes the logs of revisions that it removes.',
  });
}

function noRevision(): TrailbossError {
  return new TrailbossError('BAD_REPLY', {
    what: 'The device does not say which revision’s log files are the current ones.',
    unchanged: 'Nothing was changed on the device.',
    next: 'It is tried again by itself.',
  });
}
