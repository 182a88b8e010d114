/** For tests of this folder: checkouts in a folder that goes afterwards, and origins that are scripted. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { Sha256 } from '../../../shared/state/ids.ts';
import type { Origin } from './origin.ts';

export const never = new AbortController().signal;
export const quiet = () => undefined;
export const nowhere = async () => undefined;

export function scratch(): string {
  const dir = mkdtempSync(join(tmpdir(), 'trailboss-origins-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export function shaOf(bytes: Uint8Array | string): Sha256 {
  return Sha256.parse(createHash('sha256').update(bytes).digest('hex'));
}

/** Each file below a folder with its sha, without `.pvr`. */
export function filesIn(root: string): Record<string, string> {
  if (!existsSync(root)) return {};
  const found = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = found
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('.pvr'));
  return Object.fromEntries(paths.toSorted().map((path) => [path, shaOf(readFileSync(join(root, path)))]));
}

export function objectsIn(dir: string): readonly string[] {
  return existsSync(dir) ? readdirSync(dir).toSorted() : [];
}

/** Writes a checkout as pvr would have left it. Objects are those of the state that stand in `objects`. */
export function checkoutWith(
  root: string,
  {
    json,
    config,
    objects = {},
    files = {},
  }: {
    readonly json: string;
    readonly config?: string;
    readonly objects?: Readonly<Record<string, string | Uint8Array>>;
    readonly files?: Readonly<Record<string, string | Uint8Array>>;
  },
): void {
  const empty =
    '{\n\t"DefaultGetUrl": "",\n\t"DefaultPutUrl": "",\n\t"DefaultPostUrl": "",\n\t"ObjectsDir": "",\n\t"AccessTokens": {},\n\t"RefreshTokens": {}\n}';
  put(root, '.pvr/json', json);
  put(root, '.pvr/config', config ?? empty);
  mkdirSync(join(root, '.pvr/objects'), { recursive: true });
  for (const [sha, bytes] of Object.entries(objects)) put(root, `.pvr/objects/${sha}`, bytes);
  for (const [path, bytes] of Object.entries(files)) put(root, path, bytes);
}

function put(root: string, path: string, bytes: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), bytes);
}

/** A state with its objects, in memory. `object` may be replaced to fail. */
export function originOf(text: string, objects: readonly (string | Uint8Array)[], more: Partial<Origin> = {}): Origin {
  const bySha = new Map(objects.map((bytes) => [shaOf(bytes), Buffer.from(bytes)]));
  return {
    label: 'the bench',
    reference: 'http://bench.example/cgi-bin/pvr',
    fragment: '',
    state: async () => text,
    async *object(sha) {
      const bytes = bySha.get(sha);
      if (bytes === undefined) throw new TrailbossError('NOT_FOUND', { what: `no ${sha}`, unchanged: '', next: '' });
      yield bytes;
    },
    ...more,
  };
}

export async function problemOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof TrailbossError) return error.code;
  if (error instanceof DOMException) return error.name;
  throw new Error(`a TrailbossError was expected, not ${String(error)}`);
}

/** What must be there. */
export function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it is not there');
  return value;
}
