import { type FSWatcher, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Changes come in bursts: so long is waited for more, in milliseconds, and not longer than `atLatest`. */
const debounce = 120;
const atLatest = 600;
/** Where the system can't tell of changes, it is looked so often, in milliseconds. */
const pollEvery = 2000;
/** More folders than this are not watched one by one. */
const mostFolders = 4000;

/**
 * Calls back when anything below a folder may have changed; `.pvr/objects` and what Trailboss keeps for itself do not count. Where the
 * system can't watch (or not so many folders), it calls back at an interval instead.
 */
export class TreeWatch {
  readonly #root: string;
  readonly #tell: () => void;
  readonly #watchers = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | undefined;
  #since: number | undefined;
  #polling: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(root: string, tell: () => void) {
    this.#root = root;
    this.#tell = tell;
    void this.renew();
  }

  /** Watches the folders that came, and leaves those that went. */
  async renew(): Promise<void> {
    if (this.#closed || this.#polling !== undefined) return;
    if (process.platform === 'linux') await this.#watchEach();
    else this.#watch(this.#root, { recursive: true });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#polling);
    this.#closeAll();
  }

  async #watchEach(): Promise<void> {
    const folders = await foldersBelow(this.#root);
    if (this.#closed) return;
    if (folders.length > mostFolders) return this.#poll();
    const there = new Set(folders);
    for (const [folder, watcher] of this.#watchers) {
      if (there.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    const fresh = folders.filter((folder) => !this.#watchers.has(folder));
    for (const folder of fresh) this.#watch(folder, {});
    // What came into them before they were watched has told nobody.
    if (fresh.length > 0) this.#soon();
  }

  #watch(folder: string, options: { readonly recursive?: boolean }): void {
    if (this.#watchers.has(folder) || this.#polling !== undefined) return;
    try {
      const watcher = watch(folder, { ...options, persistent: false }, (_, name) => {
        if (!isOwn(folder, this.#root, name)) this.#soon();
      });
      watcher.on('error', () => this.#left(folder));
      this.#watchers.set(folder, watcher);
    } catch (error) {
      // The folder went again: the next look finds that out. Anything else is a system that can't.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) this.#poll();
    }
  }

  #left(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
    this.#soon();
  }

  #soon(): void {
    const now = performance.now();
    this.#since ??= now;
    clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(debounce, this.#since + atLatest - now));
    this.#timer = setTimeout(() => {
      this.#since = undefined;
      this.#tell();
    }, wait);
  }

  #poll(): void {
    this.#closeAll();
    this.#polling ??= setInterval(() => this.#tell(), pollEvery);
  }

  #closeAll(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }
}

function isOwn(folder: string, root: string, name: string | null): boolean {
  if (name === null) return false;
  const path = folder === root ? name : folder === join(root, '.pvr') ? join('.pvr', name) : '';
  return path.startsWith(join('.pvr', 'objects')) || path === join('.pvr', 'trailboss');
}

/** Folders of the tree, links not followed; of `.pvr` only itself. */
async function foldersBelow(root: string): Promise<readonly string[]> {
  const folders = [root];
  for (let at = 0; at < folders.length && folders.length <= mostFolders; at += 1) {
    const folder = folders[at] ?? root;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isDirectory() || folder === join(root, '.pvr')) continue;
      folders.push(join(folder, entry.name));
    }
  }
  return folders;
}
