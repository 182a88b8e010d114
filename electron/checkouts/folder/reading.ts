import { isAbsolute, join } from 'node:path';
import type { StatusLine } from '../../../shared/contract/checkout.ts';
import { commitLosses } from '../../../shared/pvr/commit-loss.ts';
import type { NewFiles } from '../../../shared/pvr/new-files.ts';
import type { Pristine } from '../../../shared/pvr/pristine.ts';
import { type FileContent, isInline, isTracked, type Working, workingState } from '../../../shared/pvr/working.ts';
import type { FolderReading } from '../pvr-folder.ts';
import { findDamage } from './damage.ts';
import { errorCode } from './disk.ts';
import type { FileFacts } from './file-facts.ts';
import { inParallel } from './in-parallel.ts';
import { type FolderPaths, fileOf } from './paths.ts';
import { configOf, type PvrFiles, readPvrFiles } from './pvr-files.ts';
import { type WalkedFile, walkFiles } from './walk.ts';

/** So many files are read at once. */
const atOnce = 8;

/** A reading with what it was made of. */
export interface WholeReading extends FolderReading {
  readonly files: PvrFiles;
  readonly walked: readonly WalkedFile[];
  readonly pristine: Pristine | undefined;
  readonly newFiles: NewFiles;
  readonly members: Working['members'];
}

/** Reads a checkout as `pvr status` does. */
export async function readFolder(paths: FolderPaths, facts: FileFacts, signal: AbortSignal): Promise<WholeReading> {
  const files = await readPvrFiles(paths);
  const walked = await walkFiles(paths.root, signal);
  const pristine = files.json?.ok ? files.json.pristine : undefined;
  const newFiles = files.newFiles?.ok ? files.newFiles.files : new Map<string, never>();
  const config = configOf(files);
  const objectsDir = objectsFolder(paths, config.objectsDir);
  const known = pristine ?? { text: '', members: new Map<string, string>() };
  const tracked = walked.filter(({ path }) => isTracked(path, known, newFiles));
  const contents =
    pristine === undefined
      ? new Map<string, FileContent>()
      : await readTracked(paths, facts, tracked, pristine, newFiles, signal);
  facts.keepOnly(new Set([...contents.keys()].map((path) => fileOf(paths.root, path))));
  const working = workingState(known, contents);
  const status = pristine === undefined ? [] : statusLines(working, walked, known, newFiles);
  return {
    mark: files.mark,
    committed: pristine?.text,
    working: pristine === undefined ? undefined : working.text,
    status,
    problems: working.problems,
    losses: pristine === undefined || working.text === undefined ? [] : commitLosses(pristine.members, working.members),
    damage: await findDamage({ paths, files, walked, status, objectsDir, pristine }),
    remotes: { get: config.defaultGetUrl, put: config.defaultPutUrl, post: config.defaultPostUrl },
    objectsDir,
    files,
    walked,
    pristine,
    newFiles,
    members: working.members,
  };
}

/** Where the objects are: a relative folder is meant from the root, none is `.pvr/objects` (repolib.go, NewPvrInit). */
export function objectsFolder({ root, pvr }: FolderPaths, configured: string): string {
  if (configured === '') return join(pvr, 'objects');
  return isAbsolute(configured) ? configured : join(root, configured);
}

async function readTracked(
  { root }: FolderPaths,
  facts: FileFacts,
  tracked: readonly WalkedFile[],
  pristine: Pristine,
  newFiles: NewFiles,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, FileContent>> {
  const contents = new Map<string, FileContent>();
  await inParallel(tracked, atOnce, signal, async ({ path, kind }) => {
    const inline = isInline(path, pristine, newFiles);
    contents.set(path, kind === 'other' ? notAFile : await contentOf(fileOf(root, path), inline, facts, signal));
  });
  return contents;
}

const notAFile: FileContent = { kind: 'problem', text: 'It is neither a file nor a link to one.' };

async function contentOf(path: string, inline: boolean, facts: FileFacts, signal: AbortSignal): Promise<FileContent> {
  try {
    return inline ? await facts.inline(path, signal) : { kind: 'object', sha: await facts.sha(path, signal) };
  } catch (error) {
    signal.throwIfAborted();
    const code = errorCode(error);
    if (code === undefined) throw error;
    if (code === 'ENOENT') return { kind: 'problem', text: 'It is a link to something that is not there.' };
    if (code === 'EISDIR') return { kind: 'problem', text: 'It is a link to a folder.' };
    if (code === 'EINVAL') return { kind: 'problem', text: 'It is a link to something that is no file.' };
    return { kind: 'problem', text: `It can't be read (${code}).` };
  }
}

function statusLines(
  working: Working,
  walked: readonly WalkedFile[],
  pristine: Pristine,
  newFiles: NewFiles,
): readonly StatusLine[] {
  const sizes = new Map(walked.map(({ path, size }) => [path, size]));
  const lines = working.status.map((line) => {
    const size = sizes.get(line.path);
    return size === undefined ? line : { ...line, size };
  });
  const untracked = walked
    .filter(({ path }) => !isTracked(path, pristine, newFiles))
    .map(({ path, size }): StatusLine => ({ letter: '?', path, kind: path.endsWith('.json') ? 'json' : 'object', size }));
  return [...lines, ...untracked];
}
