import { objectsOf } from './container-specs.ts';
import type { DiskImage } from './disk-image.ts';
import type { Life } from './life/model.ts';
import type { DeviceLogs } from './logs.ts';

/**
 * Removes every revision but the running one, the checkpoint and the one that is being moved to, the factory one included, and every
 * object that those do not use, freshly uploaded ones included (storage.c, pv_storage_gc_run). Gives the bytes of the objects that are gone.
 */
export function collectGarbage(disk: Pick<DiskImage, 'trail' | 'objects'>, logs: DeviceLogs, life: Life): number {
  const kept = new Set([life.boot.running, life.boot.checkpoint]);
  if (life.phase.kind !== 'idle' && life.boot.trial) kept.add(life.boot.trial.revision);
  if (life.phase.kind === 'fetching') kept.add(life.phase.revision);
  if (life.phase.kind === 'queued' && life.phase.command.kind === 'run') kept.add(life.phase.command.revision);
  for (const { name } of disk.trail.list()) {
    if (kept.has(name)) continue;
    disk.trail.remove(name);
    logs.remove(name);
  }
  const used = new Set([...kept].flatMap((name) => objectsOf(disk.trail.state(name) ?? '{}')));
  const unused = disk.objects.list().filter(({ sha256 }) => !used.has(sha256));
  for (const { sha256 } of unused) disk.objects.remove(sha256);
  return unused.reduce((sum, { bytes }) => sum + bytes, 0);
}
