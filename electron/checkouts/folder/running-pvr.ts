import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FolderUser } from '../pvr-folder.ts';

/**
 * A `pvr` at work in this folder: a process of that name whose working directory it is, as every command of pvr's takes it from there.
 * Only on Linux, by /proc; elsewhere there is no way to see it, and none is found. `root` is the real path.
 */
export async function runningPvr(root: string): Promise<FolderUser | undefined> {
  if (process.platform !== 'linux') return undefined;
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  for (const pid of pids.filter((_, at) => folders[at] === root)) {
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    if (name.trim() !== 'pvr') continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'pvr');
    return { by: 'pvr', pid: Number(pid), command: readable(command) };
  }
  return undefined;
}

/** When a process began, as its system counts it; undefined where there is none, or nobody can say. */
export async function processStart(pid: number): Promise<string | undefined> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return undefined;
  }
  if (process.platform !== 'linux') return 'alive';
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name in brackets may hold spaces; the start time is the 20th field behind it (proc(5)).
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

/** Only what it is asked to do: arguments may hold tokens. */
function readable(cmdline: string): string {
  const [program = 'pvr', command = ''] = cmdline.split('\u0000');
  return `${basename(program)} ${/^[a-z-]+$/.test(command) && !command.startsWith('-') ? command : ''}`.trim();
}
