import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { parseSha256, type Sha256 } from '../../../shared/state/ids.ts';
import { maxStateBytes } from '../../../shared/state/state.ts';
import { badInput, diskProblem } from '../problems.ts';
import { errorCode } from './disk.ts';
import { goText } from './go-text.ts';

/** No state has so many objects; a tarball with more entries was made to do harm. */
const mostEntries = 200_000;

/** What an export holds. The bytes of an object have to be read, or left, before the next entry is asked for. */
export type ExportEntry =
  | { readonly kind: 'state'; readonly text: string }
  | { readonly kind: 'object'; readonly sha: Sha256; readonly size: number; readonly bytes: AsyncIterable<Uint8Array> };

/**
 * The entries of a tarball as `pvr export` writes it, in its order, with or without gzip. BAD_INPUT for what is none, for links, names that
 * lead elsewhere, a state over 32 MB and more than 200,000 entries. Folders are passed over, and so is what pvr knows nothing of.
 */
export async function* exportEntries(path: string, signal: AbortSignal): AsyncGenerator<ExportEntry, void> {
  const isZipped = await isGzip(path);
  signal.throwIfAborted();
  // From here to where its errors are heard nothing is waited for: an error that nobody hears ends the program.
  const file = createReadStream(path, { signal, highWaterMark: 256 * 1024 });
  const unpacked = isZipped ? file.pipe(createGunzip()) : file;
  const tar = extract();
  file.on('error', (error) => tar.destroy(error));
  unpacked.on('error', (error: Error) => tar.destroy(error));
  unpacked.pipe(tar);
  let entries = 0;
  try {
    for await (const entry of tar) {
      signal.throwIfAborted();
      entries += 1;
      if (entries > mostEntries) throw badExport(path, `it has more than ${mostEntries.toLocaleString('en')} entries`);
      const { name, type, size = 0 } = entry.header;
      const what = type === 'directory' ? undefined : entryNamed(path, name, type ?? 'file');
      if (what === 'state') yield { kind: 'state', text: await stateText(path, bytesOf(entry), size) };
      else if (what !== undefined) yield { kind: 'object', sha: what, size, bytes: objectBytes(path, entry, signal) };
      entry.resume();
    }
  } catch (error) {
    signal.throwIfAborted();
    throw readProblem(path, error);
  } finally {
    tar.destroy();
    unpacked.destroy();
    file.destroy();
  }
}

export function badExport(path: string, why: string, cause?: unknown) {
  const problem = badInput(
    `${path} is no export that can be taken: ${why}.`,
    'Choose a file that `pvr export` or Trailboss wrote, or make it again.',
  );
  if (cause !== undefined) problem.cause = cause;
  return problem;
}

function entryNamed(path: string, name: string, type: string): 'state' | Sha256 | undefined {
  const shown = JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);
  if (type !== 'file' && type !== 'contiguous-file') throw badExport(path, `${shown} is no file but a ${type}`);
  const segments = name.replace(/^(\.\/)+/, '').split('/');
  if (name.startsWith('/') || name.includes('\u0000') || name.includes('\\') || segments.includes('..')) {
    throw badExport(path, `the name ${shown} leads out of it`);
  }
  if (segments.length === 1 && segments[0] === 'json') return 'state';
  if (segments.at(-2) !== 'objects') return undefined;
  const sha = parseSha256(segments.at(-1) ?? '');
  if (sha === undefined) throw badExport(path, `${shown} is no object: it is not named by a sha256`);
  return sha;
}

async function stateText(path: string, bytes: AsyncIterable<Uint8Array>, size: number): Promise<string> {
  if (size > maxStateBytes) throw badExport(path, `its state is larger than ${maxStateBytes / 1024 / 1024} MB`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return goText(Buffer.concat(chunks));
}

async function* bytesOf(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of stream) if (chunk instanceof Uint8Array) yield chunk;
}

/** An archive that ends inside an object is met by who reads the object. */
async function* objectBytes(path: string, entry: AsyncIterable<unknown>, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  try {
    yield* bytesOf(entry);
  } catch (error) {
    signal.throwIfAborted();
    throw readProblem(path, error);
  }
}

function readProblem(path: string, error: unknown): unknown {
  return errorCode(error)?.startsWith('Z_') || isTarError(error)
    ? badExport(path, 'it is damaged or no tarball', error)
    : diskProblem(error, `${path} can't be read`);
}

/** By its first bytes: pvr goes by the name, which may have been changed since. */
async function isGzip(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw diskProblem(error, `${path} can't be read`);
  }
}

/** tar-stream throws plain errors. */
function isTarError(error: unknown): boolean {
  return error instanceof Error && errorCode(error) === undefined && error.constructor === Error;
}
