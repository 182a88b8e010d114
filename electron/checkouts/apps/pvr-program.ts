import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import type { PvrProgram } from '../../../shared/contract/checkout.ts';
import { runProgram } from './run-program.ts';

/** Where pvr and its tools are looked for. */
export interface ProgramPlaces {
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  /** The person's user id; undefined on Windows. */
  readonly uid: number | undefined;
}

export const systemPlaces = (): ProgramPlaces => ({ env: process.env, home: homedir(), uid: process.getuid?.() });

const versionTimeoutMs = 5000;

/** pvr's own words for how to get it (README.md of gitlab.com/pantacor/pvr, docs.pantahub.com/pvr). */
const howTo =
  'Get pvr from gitlab.com/pantacor/pvr: build it with Go (go build -o ~/bin/pvr gitlab.com/pantacor/pvr) or take a binary that Pantacor ships, and put it on your PATH or into ~/bin. For images it needs fakeroot and squashfs-tools, for dm-verity cryptsetup.';

/** The `pvr` on this computer with its version, and which of the tools that it calls are missing. Never throws. */
export async function findPvr(places: ProgramPlaces, signal?: AbortSignal): Promise<PvrProgram> {
  const [path, missingTools] = await Promise.all([pvrPath(places), missingOf(places)]);
  if (path === undefined) return { missingTools: [...missingTools], howTo };
  const version = await versionOf(path, places, signal);
  return { path, ...(version !== undefined && { version }), missingTools: [...missingTools], howTo };
}

/** The program file: on the PATH, else where people and its documentation put it. */
export async function pvrPath({ env, home }: ProgramPlaces): Promise<string | undefined> {
  return findProgram('pvr', [
    ...pathFolders(env),
    join(home, 'bin'),
    join(home, '.local/bin'),
    join(home, 'go/bin'),
    '/usr/local/bin',
  ]);
}

/**
 * What pvr runs with: its own search for a newer pvr, which asks the network and may replace the program, is off, and the tools that it
 * calls are not looked for in the checkout.
 */
export function pvrEnvironment({ env }: ProgramPlaces): NodeJS.ProcessEnv {
  return { ...env, PATH: pathFolders(env).join(delimiter), PVR_DISABLE_SELF_UPGRADE: '1' };
}

async function missingOf({ env, uid }: ProgramPlaces): Promise<readonly string[]> {
  const tools = [...(uid === 0 ? [] : ['fakeroot']), 'mksquashfs', 'unsquashfs', 'tar', 'veritysetup'];
  const folders = pathFolders(env);
  const found = await Promise.all(tools.map((tool) => findProgram(tool, folders)));
  return tools.filter((_tool, index) => found[index] === undefined);
}

/** Relative entries of the PATH are left out: what runs must not depend on the folder that is worked in. */
function pathFolders(env: NodeJS.ProcessEnv): readonly string[] {
  return (env.PATH ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
}

async function findProgram(name: string, folders: readonly string[]): Promise<string | undefined> {
  const names = process.platform === 'win32' ? [`${name}.exe`] : [name];
  for (const file of folders.flatMap((folder) => names.map((candidate) => join(folder, candidate)))) {
    if (await isProgram(file)) return file;
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

async function versionOf(path: string, places: ProgramPlaces, signal?: AbortSignal): Promise<string | undefined> {
  let line = '';
  try {
    const timeout = AbortSignal.timeout(versionTimeoutMs);
    await runProgram(path, ['--version'], {
      cwd: places.home,
      env: pvrEnvironment(places),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      silenceMs: versionTimeoutMs,
      onLine: (_from, text) => {
        line ||= text;
      },
    });
  } catch {
    return undefined;
  }
  return /version\s+(\S{1,60})/.exec(line)?.[1];
}
