import type { Sha256 } from '../../../shared/state/ids.ts';
import type { DeviceWatch } from '../../fleet/device-watch.ts';
import { objectNamesIn } from '../../revisions/missing-objects.ts';

/**
 * Which of these a device needs to be sent: by its own word, or that of its hub, where it can be asked; else those that its running state
 * does not refer to.
 */
export async function lackedBy(
  watch: DeviceWatch,
  running: string,
  shas: readonly Sha256[],
  signal: AbortSignal,
): Promise<readonly Sha256[]> {
  const there = objectNamesIn(running);
  const unknown = shas.filter((sha) => !there.has(sha));
  if (unknown.length === 0) return [];
  const missing = await watch.link.missingObjects(unknown, signal).catch(() => undefined);
  signal.throwIfAborted();
  return missing === undefined ? unknown : unknown.filter((sha) => missing.has(sha));
}
