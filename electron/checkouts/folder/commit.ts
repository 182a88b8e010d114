import { join } from 'node:path';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { objectSha } from '../../../shared/pvr/pristine.ts';
import type { Sha256 } from '../../../shared/state/ids.ts';
import { badState, changedMeanwhile } from '../problems.ts';
import type { Step } from '../pvr-folder.ts';
import { replaceFile } from './disk.ts';
import type { FolderWork } from './folder-work.ts';
import { inParallel } from './in-parallel.ts';
import { fileOf } from './paths.ts';
import { currentMark } from './pvr-files.ts';
import { writeCommitted } from './pvr-writes.ts';
import type { WholeReading } from './reading.ts';

/** So many objects are copied at once. */
const atOnce = 4;
/** And looked for. */
const manyAtOnce = 64;

/** What pvr writes where nobody says anything (cmdcommit.go). */
const noMessage = '** No commit message **';

/**
 * Commits the working tree in pvr's order: objects, message, state, and `.pvr/new` goes. The state is exactly the canonical working one: what
 * pvr's own commit would lose stays. Says it. An object that is there already is never copied again.
 */
export async function commitFolder(
  work: FolderWork,
  message: string,
  signal: AbortSignal,
  tell: (step: Step) => void,
): Promise<string> {
  const { paths, disk } = work;
  const reading = await work.read(signal);
  const text = committable(reading);
  const missing = await missingObjects(work, reading, signal);
  const total = missing.reduce((sum, { size }) => sum + size, 0);
  let [done, bytes] = [0, 0];
  await inParallel(missing, atOnce, signal, async ({ key, sha, size }) => {
    tell({ text: key, objects: { done, total: missing.length }, bytes: { done: bytes, total } });
    await clone(work, key, sha, signal);
    done += 1;
    bytes += size;
  });
  if ((await currentMark(paths)) !== reading.mark) throw changedMeanwhile(`The checkout in ${paths.root}`);
  await replaceFile(disk, paths.commitMessage, message.trim() === '' ? noMessage : message, join(paths.pvr, 'commitmsg.new'));
  await writeCommitted(work, text);
  await disk.remove(paths.newFiles);
  return text;
}

function committable({ working, problems, pristine, files }: WholeReading): string {
  if (pristine === undefined || files.newFiles?.ok === false) {
    throw badState('This checkout is damaged: nothing can be committed.', 'Mend it first.');
  }
  if (working !== undefined) return working;
  const [first] = problems;
  throw badState(
    problems.length === 1 ? "A tracked file can't be committed." : `${problems.length} tracked files can't be committed.`,
    'Correct it, add it raw, or remove it.',
    first === undefined ? undefined : `${first.path}: ${first.text}`,
  );
}

/** Objects of the working state that are not in the object folder, each once; also one whose size there can't be right. */
async function missingObjects({ objects }: FolderWork, { members, walked }: WholeReading, signal: AbortSignal) {
  const sizes = new Map(walked.map(({ path, kind, size }) => [path, kind === 'file' ? size : undefined]));
  const named = new Map<Sha256, string>();
  for (const [key, raw] of members) {
    const sha = key === '#spec' ? undefined : objectSha(raw);
    if (sha !== undefined && !named.has(sha)) named.set(sha, key);
  }
  const missing: { readonly key: string; readonly sha: Sha256; readonly size: number }[] = [];
  await inParallel([...named], manyAtOnce, signal, async ([sha, key]) => {
    const there = await objects.size(sha);
    const size = sizes.get(key);
    if (there === undefined || (size !== undefined && there !== size)) missing.push({ key, sha, size: size ?? 0 });
  });
  return missing;
}

/** A file that was written to since it was read has another sha than the state that is about to name it. */
async function clone({ objects, paths }: FolderWork, key: string, sha: Sha256, signal: AbortSignal): Promise<void> {
  try {
    await objects.clone(sha, fileOf(paths.root, key), signal);
  } catch (error) {
    if (error instanceof TrailbossError && error.code === 'BAD_CHECKSUM') throw changedMeanwhile(key);
    throw error;
  }
}
