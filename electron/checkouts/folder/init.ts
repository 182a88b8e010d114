import { mkdir, readdir, realpath } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { emptyConfig, formatConfig } from '../../../shared/pvr/config.ts';
import { emptyPristine } from '../../../shared/pvr/pristine.ts';
import { badInput, diskProblem, folderInUse } from '../problems.ts';
import { type Disk, ifThere, realDisk } from './disk.ts';
import { folderPaths } from './paths.ts';

/**
 * Makes an empty checkout as `pvr init` does (InitCustom): `.pvr/config` with the object folder, `.pvr/json` with nothing but `#spec`. The
 * folder is made where it is missing, and may hold files: they are untracked then. CONFLICT where there is a checkout already.
 */
export async function initFolder(path: string, objectsDir: string, disk: Disk = realDisk): Promise<string> {
  if (!isAbsolute(objectsDir))
    throw badInput('The folder for objects is no whole path.', 'Name it from the root on, as pvr stores it.');
  const given = resolve(path);
  try {
    await mkdir(given, { recursive: true });
    const paths = folderPaths(await realpath(given));
    const inPvr = await ifThere(readdir(paths.pvr));
    if (inPvr?.includes('json') || inPvr?.includes('json.new')) throw folderInUse(given);
    await disk.folder(paths.pvr);
    await disk.folder(objectsDir);
    for (const leftover of [paths.config, `${paths.config}.new`]) await disk.remove(leftover);
    await disk.write(paths.config, formatConfig({ ...emptyConfig, objectsDir }));
    // Last: with it the folder is a checkout.
    await disk.write(`${paths.json}.new`, emptyPristine);
    await disk.rename(`${paths.json}.new`, paths.json);
    return paths.root;
  } catch (error) {
    throw diskProblem(error, `No checkout could be made in ${given}`);
  }
}
