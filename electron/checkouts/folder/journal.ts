import { z } from 'zod';
import { type Disk, ifThere, readOwn, replaceFile } from './disk.ts';
import type { FolderPaths } from './paths.ts';
import { processStart } from './running-pvr.ts';

const Journal = z.object({
  pid: z.number().int(),
  start: z.string(),
  label: z.string(),
  /** Absent for everything that is committed. */
  keys: z.array(z.string()).optional(),
  remove: z.array(z.string()),
  /** sha256 of the committed state that it begins with: while there is another, nothing else was written. */
  committed: z.string().optional(),
  /** The newest backup when it began. */
  earlier: z.string().optional(),
});

/** A checkout that began, and what it would have done. */
export type Journal = z.infer<typeof Journal>;

/** The checkouts into which this process writes right now. */
const writing = new Set<string>();

/**
 * Runs `work` with a note of it beside, which a crash leaves: without it nobody could tell half-written files from edits. A failure leaves
 * it too where the committed state was replaced, as long as that stays so.
 */
export async function whileNoted(
  { paths, disk }: { readonly paths: FolderPaths; readonly disk: Disk },
  what: Omit<Journal, 'pid' | 'start'>,
  work: () => Promise<void>,
): Promise<void> {
  const journal: Journal = { pid: process.pid, start: (await processStart(process.pid)) ?? '', ...what };
  writing.add(paths.root);
  try {
    await disk.folder(paths.own);
    await replaceFile(disk, paths.journal, JSON.stringify(journal), `${paths.journal}.new`);
    await work();
    await disk.remove(paths.journal);
  } catch (error) {
    if (what.committed === undefined) await disk.remove(paths.journal);
    throw error;
  } finally {
    writing.delete(paths.root);
  }
}

/** The note of a checkout whose process is gone. One that can't be read was not whole when it ended: nothing had been written then. */
export async function interrupted(paths: FolderPaths): Promise<Journal | undefined> {
  if (writing.has(paths.root)) return undefined;
  const bytes = await ifThere(readOwn(paths.journal));
  if (bytes === undefined) return undefined;
  const journal = parsed(bytes.toString('utf8'));
  if (journal === undefined || journal.pid === process.pid) return journal;
  const now = await processStart(journal.pid);
  return now !== undefined && (journal.start === '' || journal.start === now) ? undefined : journal;
}

function parsed(text: string): Journal | undefined {
  try {
    const read = Journal.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
