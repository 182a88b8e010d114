import { FIRST_UPTIME, storageMeta, sysinfoMeta, timeMeta } from './board.ts';
import type { Clock } from './clock.ts';
import { combinedStatus } from './ctrl/containers.ts';
import type { DiskImage } from './disk-image.ts';
import type { Life } from './life/model.ts';
import type { Board } from './options.ts';

/**
 * Keeps device-meta as the runtime does: `pantavisor.revision` and `.status` are set when they change, so what a client wrote over
 * them stays until then; a device without containers has no status.
 */
export function selfDescription(disk: DiskImage, board: Board, clock: Clock): (life: Life) => void {
  let known = '';
  let boot = disk.record.boot.bootCount;
  const switchedOn = Math.floor(Date.now() / 1000);
  return (life) => {
    if (life.phase.kind === 'off' || life.phase.kind === 'down') return;
    if (life.boot.bootCount !== boot) {
      boot = life.boot.bootCount;
      disk.deviceMeta.set('sysinfo', sysinfoMeta(board, FIRST_UPTIME));
      disk.deviceMeta.set('time', timeMeta(switchedOn + Math.floor(clock.now()) + FIRST_UPTIME));
    }
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
