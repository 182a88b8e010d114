/** Log lines on their way to the hub, in batches (ph_logger.c). */
import type { HubHost } from './host.ts';
import type { HubSession } from './session.ts';

export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

export interface LogPush {
  /** @param plat `pantavisor`, or the container's name; @param src the module, or the file that the line was read from. */
  add(line: { readonly plat: string; readonly src: string; readonly lvl: LogLevel; readonly msg: string }): void;
  /** Sends what has gathered; what the hub does not answer to is kept for the next time, and what it refuses is dropped. */
  push(): Promise<void>;
}

/** Lines of one request, and lines that are kept while the hub is away. */
const BATCH = 100;
const MOST_KEPT = 1000;

/** @param now milliseconds since 1970. */
export function logPush(host: HubHost, session: HubSession, now: () => number): LogPush {
  let kept: object[] = [];

  return {
    add({ plat, src, lvl, msg }) {
      if (host.userMeta.get('pantahub.log.push') === '0') return;
      const at = now();
      const tsec = Math.floor(at / 1000);
      const tnano = Math.floor((at % 1000) * 1_000_000);
      kept.push({ tsec, tnano, rev: host.life().boot.running, plat, src, lvl, msg });
      if (kept.length > MOST_KEPT) kept = kept.slice(-MOST_KEPT);
    },
    async push() {
      while (kept.length > 0 && session.isOpen()) {
        const batch = kept.slice(0, BATCH);
        const reply = await session.exchange({ method: 'POST', url: '/logs/', body: JSON.stringify(batch) });
        const again = reply === undefined || reply.status >= 500 || [401, 408, 429].includes(reply.status);
        if (again) return;
        kept = kept.slice(batch.length);
      }
    },
  };
}
