import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { PvrFolder } from '../pvr-folder.ts';
import { type Disk, realDisk } from './disk.ts';
import { openPvrFolder } from './folder.ts';
import { initFolder } from './init.ts';

export const never = new AbortController().signal;
export const quiet = () => undefined;

/** A folder that goes when the test has ended. */
export function scratch(): string {
  const dir = mkdtempSync(join(tmpdir(), 'trailboss-checkout-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A checkout that the real pvr made, unpacked. */
export function unpacked(name: string, fixtures: URL = new URL('fixtures/', import.meta.url)): string {
  const dir = scratch();
  execFileSync('tar', ['xzf', new URL(`${name}.tar.gz`, fixtures).pathname, '-C', dir]);
  return join(dir, name);
}

export function fixtureJson(path: string, fixtures: URL = new URL('fixtures/', import.meta.url)): unknown {
  return JSON.parse(gunzipSync(readFileSync(new URL(`${path}.gz`, fixtures))).toString('utf8'));
}

/** A new checkout with these files, all of them added. Objects lie beside it in `objects`. */
export async function madeOf(files: Readonly<Record<string, string>>, disk: Disk = realDisk): Promise<PvrFolder> {
  const dir = scratch();
  const root = await initFolder(join(dir, 'tree'), join(dir, 'objects'));
  await put(root, files);
  const folder = await openPvrFolder(root, disk);
  await folder.add([], false, never);
  return folder;
}

export async function put(root: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
}

/** Every file below a folder with its bytes as text. */
export async function filesIn(root: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(root, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.map(async (file) => [file.slice(root.length + 1), await readFile(file, 'latin1')] as const),
  );
  return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The tree alone, as pvr sees it. */
export async function treeOf(root: string): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(Object.entries(await filesIn(root)).filter(([path]) => !path.startsWith('.pvr/')));
}

export async function lines(folder: PvrFolder): Promise<readonly string[]> {
  return (await folder.read(never)).status.map(({ letter, path }) => `${letter} ${path}`);
}
