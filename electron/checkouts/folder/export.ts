import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { exportedState } from '../../../shared/pvr/export-parts.ts';
import { objectsOf, parsePristine } from '../../../shared/pvr/pristine.ts';
import type { Sha256 } from '../../../shared/state/ids.ts';
import { badState, diskProblem, missingObject, wrongSha } from '../problems.ts';
import type { PvrFolder, Step } from '../pvr-folder.ts';
import { checkedBytes } from './checked-bytes.ts';
import { ifThere } from './disk.ts';
import { exportEntries } from './export-entries.ts';
import { tarEnd, tarHeader, tarPadding } from './tar-header.ts';

/**
 * Writes the committed state, or some parts of it, with its objects as `pvr export` does: `json` first, then each object once, each checked
 * on the way; gzip where the name ends in .gz or .tgz. An older export of that name is replaced; any other file is CONFLICT.
 */
export async function exportFolder(
  folder: PvrFolder,
  path: string,
  parts: readonly string[],
  signal: AbortSignal,
  tell: (step: Step) => void,
): Promise<void> {
  const target = resolve(path);
  const { committed } = await folder.read(signal);
  const whole = parsePristine(committed ?? '');
  if (!whole.ok) throw badState(`The committed state of ${folder.root} can't be read.`, 'Mend the checkout first.');
  const text = exportedState(whole.pristine, parts);
  const parsed = parsePristine(text);
  const objects = parsed.ok ? [...objectsOf(parsed.pristine).keys()] : [];
  const sizes = await Promise.all(objects.map((sha) => folder.objects.size(sha)));
  for (const [at, sha] of objects.entries())
    if (sizes[at] === undefined) throw missingObject(sha, `the object folder of ${folder.root}`);
  await refuseOtherFiles(target, signal);
  const temporary = join(dirname(target), `.trailboss-${randomUUID()}.part`);
  const total = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const isZipped = /\.(gz|tgz)$/i.test(target);
  const source = tarball(folder, text, objects, signal, (done, sha, bytes) =>
    tell({ text: sha, objects: { done, total: objects.length }, bytes: { done: bytes, total } }),
  );
  try {
    const file = createWriteStream(temporary, { flags: 'wx', mode: 0o644, flush: true });
    await (isZipped ? pipeline(source, createGzip(), file, { signal }) : pipeline(source, file, { signal }));
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    signal.throwIfAborted();
    throw diskProblem(error, `${target} could not be written`);
  }
}

async function* tarball(
  { objects: store }: PvrFolder,
  text: string,
  objects: readonly Sha256[],
  signal: AbortSignal,
  tell: (done: number, sha: Sha256, bytes: number) => void,
): AsyncGenerator<Uint8Array, void> {
  const state = Buffer.from(text);
  yield tarHeader('json', state.length, 0o600, new Date());
  yield state;
  yield tarPadding(state.length);
  let written = 0;
  for (const [done, sha] of objects.entries()) {
    tell(done, sha, written);
    const file = store.path(sha);
    const { size, mode, mtime } = await stat(file);
    yield tarHeader(`objects/${sha}`, size, mode & 0o777, mtime);
    const bytes = createReadStream(file, { signal, highWaterMark: 256 * 1024 });
    // A file that grows meanwhile has another sha too.
    yield* checkedBytes(bytes, sha, (actual) => wrongSha(sha, actual, 'the object folder'));
    yield tarPadding(size);
    written += size;
  }
  yield tarEnd;
}

async function refuseOtherFiles(target: string, signal: AbortSignal): Promise<void> {
  const found = await ifThere(lstat(target)).catch((error: unknown) => {
    throw diskProblem(error, `${target} could not be written`);
  });
  if (found === undefined || (found.isFile() && (await isExport(target, signal)))) return;
  throw new TrailbossError('CONFLICT', {
    what: `There is something else at ${target}.`,
    unchanged: 'It was left as it is.',
    next: 'Choose another name; only an older export is replaced.',
  });
}

/** Whether a file is an export: its first entry is a state. */
async function isExport(path: string, signal: AbortSignal): Promise<boolean> {
  try {
    for await (const entry of exportEntries(path, signal)) return entry.kind === 'state';
  } catch (error) {
    if (!(error instanceof TrailbossError)) throw error;
  }
  return false;
}
