import { TrailbossError } from '../../../../shared/contract/errors.ts';
import { quoteArgument } from '../../../net/shell-quote.ts';
import type { LogShell } from './log-shell.ts';

/**
 * Where logs may lie: the storage's mount point is a setting (`storage.mntpoint`; recordings, 12-endpoints and 14-logs), and a container with
 * the role mgmt sees them elsewhere.
 */
export const logRoots: readonly string[] = [
  '/storage/logs',
  '/var/pantavisor/storage/logs',
  '/run/pantavisor/pv/logs',
  '/pantavisor/logs',
  '/pv/logs',
];

/** The folder that holds the logs of all revisions. Throws NOT_FOUND where there is none. */
export async function findLogRoot(shell: LogShell, roots: readonly string[], user: string, signal: AbortSignal): Promise<string> {
  const links = roots.map((root) => quoteArgument(`${root}/current`)).join(' ');
  const answer = await shell.ask(`ls -d ${links} 2>/dev/null`, 4096, signal);
  const found = answer
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim());
  const root = roots.find((each) => found.includes(`${each}/current`));
  if (root !== undefined) return root;
  throw new TrailbossError('NOT_FOUND', {
    what: `The login “${user}” sees no log files on the device.`,
    unchanged: 'Nothing was changed on the device.',
    next: 'Use the user “/” for the host system in the device’s connection. A device that was told not to write log files has none.',
  });
}

/** Files are read in whole blocks, because `dd` can go to a block without reading what is before it. */
const block = 4096;

/** Reads bytes of a file: a command, and what to leave out of the front of its answer. */
export function readCommand(file: string, offset: number, length: number): { readonly command: string; readonly skip: number } {
  const skip = offset % block;
  const count = Math.ceil((skip + length) / block);
  const command = `dd if=${quoteArgument(file)} bs=${block} skip=${(offset - skip) / block} count=${count} 2>/dev/null`;
  return { command, skip };
}

/** The bytes of a file from an offset on: fewer than `length` where it ends. */
export async function readRange(
  shell: LogShell,
  file: string,
  { offset, length }: { readonly offset: number; readonly length: number },
  signal: AbortSignal,
): Promise<Buffer> {
  const { command, skip } = readCommand(file, offset, length);
  const answer = await shell.ask(command, length + 2 * block, signal);
  return answer.subarray(skip, skip + length);
}

/** Lists a folder with everything below it. */
export function listCommand(folder: string): string {
  return `LC_ALL=C ls -lniR ${quoteArgument(`${folder}/`)} 2>/dev/null`;
}

/** Says where `current` leads to. */
export function currentCommand(root: string): string {
  return `LC_ALL=C ls -ldn ${quoteArgument(`${root}/current`)} 2>/dev/null`;
}
