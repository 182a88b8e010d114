/** Progress on its way to the hub: one at a time; of those that wait only the last one stays (pv_pantahub_proto_queue_progress). */
import type { Progress } from '../life/model.ts';
import type { ProgressReport } from '../options.ts';
import type { HubSession } from './session.ts';

export interface ProgressQueue {
  put(report: ProgressReport): void;
  /** Resolves once nothing is on its way. */
  empty(): Promise<void>;
}

/** What fails is lost: the hub learns it again when it still lists the step as pending. */
export function progressQueue(session: HubSession, deviceId: () => string | undefined): ProgressQueue {
  let waiting: ProgressReport | undefined;
  let active: Promise<void> | undefined;

  async function drain(first: ProgressReport): Promise<void> {
    for (let next: ProgressReport | undefined = first; next; next = taken()) await send(next);
    active = undefined;
  }

  function taken(): ProgressReport | undefined {
    const next = waiting;
    waiting = undefined;
    return next;
  }

  async function send({ revision, progress }: ProgressReport): Promise<void> {
    const url = `/trails/${deviceId()}/steps/${revision}/progress`;
    await session.ask({ method: 'PUT', url, body: JSON.stringify(asSent(progress)) });
  }

  return {
    put(report) {
      if (!session.isOpen()) return;
      if (active) waiting = report;
      else active = drain(report);
    },
    empty: () => active ?? Promise.resolve(),
  };
}

/** In the order of the device's own writer (update_progress.c, _ser_progress). */
function asSent({ status, 'status-msg': message, progress, retries, downloads, logs }: Progress): Progress {
  return {
    status,
    'status-msg': message,
    progress,
    retries,
    ...(downloads === undefined ? {} : { downloads }),
    ...(logs === undefined ? {} : { logs }),
  };
}
