import type { Damage } from '../../../shared/contract/checkout.ts';
import { objectsOf } from '../../../shared/pvr/pristine.ts';
import type { Step } from '../pvr-folder.ts';
import { wrongObject } from './damage.ts';
import { shaOfFile } from './file-facts.ts';
import type { FolderWork } from './folder-work.ts';

/** Reads every object of the committed state, and tells of those whose bytes are not what their name says. Missing ones are `read`'s. */
export async function checkObjects(
  work: FolderWork,
  signal: AbortSignal,
  tell: (step: Step) => void,
): Promise<readonly Damage[]> {
  const { pristine, status } = await work.read(signal);
  if (pristine === undefined) return [];
  const changed = new Set(status.filter(({ letter }) => letter !== '?').map(({ path }) => path));
  const objects = [...objectsOf(pristine)];
  const damage: Damage[] = [];
  for (const [done, [sha, keys]] of objects.entries()) {
    tell({ text: keys[0] ?? sha, objects: { done, total: objects.length } });
    if ((await work.objects.size(sha)) === undefined || (await shaOfFile(work.objects.path(sha), signal)) === sha) continue;
    damage.push(wrongObject(sha, keys, (key) => !changed.has(key)));
  }
  return damage;
}
