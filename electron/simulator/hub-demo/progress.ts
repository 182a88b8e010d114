/** A step's progress as the hub keeps it after the device, or the hub itself, has written it. */
import { downloadProgress, MESSAGE, progressOf } from '../life/messages.ts';
import type { Progress } from '../life/model.ts';
import type { Outcome } from './history.ts';

/** The status words of a step that was cancelled are the hub's own. */
export type HubProgress = Omit<Progress, 'status'> & { readonly status: Progress['status'] | 'CANCEL' };

/** @param at milliseconds since 1970. */
export function progressAt(rev: number, outcome: Outcome, at: number): HubProgress {
  switch (outcome.kind) {
    case 'new':
      return progressOf('NEW', '');
    case 'done':
      return progressOf('DONE', rev === 0 ? MESSAGE.factory : MESSAGE.done);
    case 'updated':
      return progressOf('UPDATED', MESSAGE.updated);
    case 'wontgo':
      return progressOf('WONTGO', outcome.message);
    case 'error':
      return progressOf('ERROR', outcome.message);
    case 'cancelled':
      return { status: 'CANCEL', 'status-msg': 'Cancel as requested by owner', progress: 100, retries: 0 };
    case 'rebooting':
      return progressOf('INPROGRESS', MESSAGE.rebooting);
    case 'downloading':
      return downloadProgress(2, {
        object_name: 'total',
        object_id: 'none',
        total_size: STUCK_BYTES,
        total_downloaded: Math.round(STUCK_BYTES * outcome.share),
        start_time: Math.floor(at / 1000) + 20,
        current_time: Math.floor(at / 1000) + 190,
      });
  }
}

const STUCK_BYTES = 812_344;
