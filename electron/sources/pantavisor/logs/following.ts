import type { LogEntry, LogMark, LogPlaces } from '../../../../shared/contract/logs.ts';
import type { ListedFile } from './listing.ts';
import { entryOf, type FileFacts, fileFacts, LineCutter, type PlacedLine } from './log-lines.ts';

/** Bytes that one round takes of one file, and of all. */
const mostOfFile = 262_144;
const mostOfRound = 1_048_576;
/** A file that is so far ahead is not caught up with: people want to see what is written now. */
const mostBehind = 4_194_304;
/** What is read of a file that was there before, for the last lines of it. */
const mostBefore = 131_072;
const bytesPerLine = 160;
/** So many files are remembered; then those that are not there any more are forgotten. */
const mostRemembered = 4000;

export interface WantedRead {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

interface Followed {
  readonly facts: FileFacts;
  inode: string;
  cutter: LineCutter;
  /** The byte to read next. */
  offset: number;
  /** The first line that comes was begun before the place where reading began. */
  cutsIn: boolean;
  /** Lines that were there before anybody looked: so many of them are shown, with a mark before them. */
  before: number | undefined;
}

/**
 * Where following begins: with the last lines of each file that is there, where it was left (files that are not named are new), or at the
 * start of each.
 */
export type FollowStart = { readonly lines: number } | { readonly places: LogPlaces } | { readonly fromStart: true };

/**
 * Which bytes of which files come next, and what the lines in them are. Knows nothing of SSH: it is told what a listing says and what
 * was read, and gives entries. One revision's files; another revision is another `Following`.
 */
export class Following {
  readonly revision: string;
  readonly #files = new Map<string, Followed>();
  readonly #changed = new Set<string>();
  readonly #start: FollowStart;
  #opened = false;
  #entries: LogEntry[] = [];
  #markCount = 0;

  constructor(revision: string, start: FollowStart) {
    this.revision = revision;
    this.#start = start;
  }

  /** How many files are remembered. */
  get size(): number {
    return this.#files.size;
  }

  /** Takes a listing in: what to read now, in the order of the paths. Nothing: everything was read. */
  plan(listing: readonly ListedFile[]): readonly WantedRead[] {
    const reads: WantedRead[] = [];
    let room = mostOfRound;
    const logs = listing.filter(({ path }) => isLog(path)).toSorted((a, b) => order(a.path, b.path));
    for (const { path, inode, size } of logs) {
      const file = this.#files.get(path) ?? this.#begin(path, inode, size);
      if (file.inode !== inode || size < file.offset) this.#beginAgain(file, inode);
      if (size - file.offset > mostBehind) this.#skip(file, size);
      const length = Math.min(size - file.offset, mostOfFile, room);
      // The last lines of a file are chosen out of one piece.
      const isWhole = file.before === undefined || length === size - file.offset;
      if (length <= 0 || !isWhole) continue;
      room -= length;
      reads.push({ path, offset: file.offset, length });
    }
    this.#opened = true;
    if (this.#files.size > mostRemembered) this.#forgetAllBut(listing);
    return reads;
  }

  /** Takes in what was read. `heardAt` is for lines that were written since somebody looks. */
  take(read: WantedRead, bytes: Uint8Array, heardAt: number): void {
    const file = this.#files.get(read.path);
    if (file === undefined || bytes.length === 0) return;
    file.offset += bytes.length;
    this.#changed.add(read.path);
    let lines = file.cutter.push(bytes);
    if (file.cutsIn && lines.length > 0) {
      file.cutsIn = false;
      lines = lines.slice(1);
    }
    if (file.before !== undefined) {
      const shown = file.before === 0 ? [] : lines.slice(-file.before);
      file.before = undefined;
      if (shown[0] !== undefined) this.#mark({ kind: 'before', older: shown[0].at }, file);
      this.#push(file, shown, undefined);
      return;
    }
    this.#push(file, lines, heardAt);
  }

  /** What came since the last call, with where its files end now. */
  news(): { readonly entries: readonly LogEntry[]; readonly places: LogPlaces } {
    const entries = this.#entries;
    this.#entries = [];
    const ends: Record<string, number> = {};
    for (const path of this.#changed) ends[path] = this.#files.get(path)?.cutter.end ?? 0;
    this.#changed.clear();
    return { entries, places: { revision: this.revision, ends } };
  }

  /** Lines without an end, once the revision does not run any more. */
  finish(heardAt: number): void {
    for (const file of this.#files.values()) this.#push(file, file.cutter.flush(), heardAt);
  }

  #forgetAllBut(listing: readonly ListedFile[]): void {
    const there = new Set(listing.map(({ path }) => path));
    for (const path of this.#files.keys()) {
      if (there.has(path)) continue;
      this.#files.delete(path);
      this.#changed.delete(path);
    }
  }

  #begin(path: string, inode: string, size: number): Followed {
    const facts = fileFacts(this.revision, path);
    const file: Followed = { facts, inode, cutter: new LineCutter(0), offset: 0, cutsIn: false, before: undefined };
    this.#files.set(path, file);
    const start = this.#start;
    if ('places' in start) {
      const at = start.places.ends[path];
      if (at !== undefined && at <= size) this.#at(file, at);
      else if (at === undefined && this.#opened) this.#mark({ kind: 'appeared' }, file);
    } else if ('lines' in start && !this.#opened) {
      const wanted = Math.min(mostBefore, start.lines * bytesPerLine);
      // One byte more: whether a line begins right there is told by the one before it.
      const at = Math.max(0, size - wanted - 1);
      this.#at(file, at);
      file.cutsIn = at > 0;
      file.before = start.lines;
    } else if ('lines' in start) this.#mark({ kind: 'appeared' }, file);
    return file;
  }

  #at(file: Followed, offset: number): void {
    file.offset = offset;
    file.cutter = new LineCutter(offset);
  }

  #beginAgain(file: Followed, inode: string): void {
    this.#push(file, file.cutter.flush(), undefined);
    this.#mark({ kind: 'rotated' }, file);
    file.inode = inode;
    file.cutsIn = false;
    file.before = undefined;
    this.#at(file, 0);
  }

  #skip(file: Followed, size: number): void {
    const at = size - mostOfFile;
    this.#mark({ kind: 'behind', bytes: at - file.offset }, file);
    this.#at(file, at);
    file.cutsIn = true;
    file.before = undefined;
  }

  #push(file: Followed, lines: readonly PlacedLine[], heardAt: number | undefined): void {
    for (const line of lines) if (line.text !== '') this.#entries.push(entryOf(line, file.facts, heardAt));
  }

  #mark(mark: LogMark, { facts }: Followed): void {
    this.#markCount += 1;
    const { revision, path, platform, source } = facts;
    const id = `mark#${this.#markCount}`;
    this.#entries.push({ id, revision, platform, source, file: path, level: '', text: '', mark });
  }
}

/** A file that was rotated away is packed, and is not followed (logserver_rotation.c: `NAME.1.gz`). */
export function isPacked(path: string): boolean {
  return path.endsWith('.gz');
}

function isLog(path: string): boolean {
  return !isPacked(path);
}

/** Pantavisor's own log first, then the containers by name. */
function order(a: string, b: string): number {
  const rank = (path: string) => (path.startsWith('pantavisor/') ? 0 : 1);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}
