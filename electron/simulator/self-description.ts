import { storageMeta } from './board.ts';
import { combinedStatus } from './ctrl/containers.ts';
import type { DiskImage } from './disk-image.ts';
import type { Life } from './life/model.ts';
import type { Board } from './options.ts';

/**
 * Keeps device-meta as the runtime does: `pantavisor.revision` and `.status` are set when they change, so what a client wrote over
 * them stays until then; a device without containers has no status.
 */
export function selfDescription(disk: DiskImage, board: Board): (life: Life) => void {
  let known = '';
  return (life) => {
    if (life.phase.kind === 'off' || life.phase.kind === 'down') return;
    const status = life.containers.length === 0 ? undefined : combinedStatus(life.containers);
    const now = `${life.boot.running} ${status}`;
    if (now === known) return;
    known = now;
    disk.deviceMeta.set('pantavisor.revision', life.boot.running);
    if (status === undefined) disk.deviceMeta.remove('pantavisor.status');
    else disk.deviceMeta.set('pantavisor.status', status);
    const used = disk.objects.list().reduce((sum, each) => sum + each.bytes, 0);
    disk.deviceMeta.set('storage', storageMeta(board, used));
  };
}
