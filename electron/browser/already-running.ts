import type { RunningInstance } from '../instance.ts';
import { openAccess } from './access.ts';
import { openPage } from './open-page.ts';

/**
 * A second start on the same data prints a fresh address of the one that runs already: its tokens lie in the profile.
 * @returns the exit code: 1 when the one that runs has no address
 */
export async function pointToRunning(profileDir: string, by: RunningInstance | undefined, open: boolean): Promise<number> {
  if (by === undefined || by.origin === undefined) {
    const process = by === undefined ? '' : ` (process ${by.pid})`;
    console.error(`trailboss: it runs already on ${profileDir}${process}. Use that, or another --profile.`);
    return 1;
  }
  const address = `${by.origin}/?token=${await openAccess(profileDir, Date.now).issueToken()}`;
  console.log(`
Trailboss runs already on ${profileDir} (process ${by.pid}).

  Open  ${address}

The address works once.
`);
  if (open) openPage(process, address);
  return 0;
}
