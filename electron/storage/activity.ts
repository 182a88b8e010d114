import { userInfo } from 'node:os';
import { z } from 'zod';
import { ActivityEntry } from '../../shared/contract/settings.ts';
import type { Database } from './database.ts';

const ActivityRow = z.object({
  id: z.number(),
  at: z.number(),
  user: z.string(),
  device_id: z.string().nullable(),
  device_name: z.string().nullable(),
  what: z.string(),
  result: z.string(),
});

/** What was done from here, by whom and when. Holds no secrets: callers pass names, never keys or tokens. */
export class ActivityLog {
  readonly #database: Database;
  readonly #now: () => number;

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  record(entry: { what: string; result: ActivityEntry['result']; device?: { id: string; name: string } }): void {
    this.#database.run(
      'INSERT INTO activity (at, user, device_id, device_name, what, result) VALUES (?, ?, ?, ?, ?, ?)',
      this.#now(),
      userInfo().username,
      entry.device?.id ?? null,
      entry.device?.name ?? null,
      entry.what,
      entry.result,
    );
  }

  latest(limit: number): readonly ActivityEntry[] {
    return this.#database.all('SELECT * FROM activity ORDER BY id DESC LIMIT ?', limit).map((row) => {
      const { device_id: deviceId, device_name: deviceName, ...rest } = ActivityRow.parse(row);
      return ActivityEntry.parse({ ...rest, ...(deviceId && { deviceId }), ...(deviceName && { deviceName }) });
    });
  }
}
