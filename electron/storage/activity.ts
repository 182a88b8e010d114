import { userInfo } from 'node:os';
import type { SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { ActivityEntry, type ActivityFilter, type ActivityKind, type ActivityResult } from '../../shared/contract/settings.ts';
import type { Database } from './database.ts';

const ActivityRow = z.object({
  id: z.number(),
  at: z.number(),
  ended_at: z.number().nullable(),
  user: z.string(),
  device_id: z.string().nullable(),
  device_name: z.string().nullable(),
  kind: z.string(),
  what: z.string(),
  result: z.string(),
  update_id: z.string().nullable(),
  revision: z.string().nullable(),
});

const columns = 'id, at, ended_at, user, device_id, device_name, kind, what, result, update_id, revision';

/** Something that was done. `update` names the update that it is a word about: all words about one are one entry. */
export interface Deed {
  readonly what: string;
  readonly result: ActivityResult;
  readonly device?: { readonly id: string; readonly name: string };
  readonly kind?: ActivityKind;
  readonly update?: { readonly id: string; readonly revision: string };
}

/** What was done from here, by whom and when. Holds no secrets: callers pass names, never keys or tokens. */
export class ActivityLog {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #listeners = new Set<(id: number) => void>();

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  record(deed: Deed): void {
    const { what, result, device, update, kind = kindOf(deed) } = deed;
    const now = this.#now();
    const { id } = z.object({ id: z.number() }).parse(
      this.#database.get(
        `INSERT INTO activity (at, user, device_id, device_name, kind, what, result, update_id, revision)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (update_id) WHERE update_id IS NOT NULL DO UPDATE SET what = excluded.what, result = excluded.result, ended_at = excluded.at
         RETURNING id`,
        now,
        userInfo().username,
        device?.id ?? null,
        device?.name ?? null,
        kind,
        what,
        result,
        update?.id ?? null,
        update?.revision ?? null,
      ),
    );
    for (const listener of [...this.#listeners]) listener(id);
  }

  /** Calls with the id of each entry that is new or has changed; returns the way to stop. */
  onChange(listener: (id: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Newest first. */
  latest(limit: number): readonly ActivityEntry[] {
    return this.page({}, undefined, limit);
  }

  /** The entries before one, newest first; without `before` the newest. */
  page(filter: ActivityFilter, before: number | undefined, limit: number): readonly ActivityEntry[] {
    const { where, values } = conditionOf(filter);
    const older = before === undefined ? '' : 'AND id < ?';
    return this.#entries(
      `SELECT ${columns} FROM activity WHERE ${where} ${older} ORDER BY id DESC LIMIT ?`,
      ...values,
      ...(before === undefined ? [] : [before]),
      limit,
    );
  }

  /** The entry, if the filter means it. */
  one(id: number, filter: ActivityFilter): ActivityEntry | undefined {
    const { where, values } = conditionOf(filter);
    return this.#entries(`SELECT ${columns} FROM activity WHERE ${where} AND id = ?`, ...values, id)[0];
  }

  count(filter: ActivityFilter): number {
    const { where, values } = conditionOf(filter);
    return Number(this.#database.get(`SELECT count(*) AS count FROM activity WHERE ${where}`, ...values)?.count);
  }

  /** Who did something, and with what devices; each device under the name it had last. */
  facets(): { readonly users: readonly string[]; readonly devices: readonly { readonly id: string; readonly name: string }[] } {
    const users = this.#database.all('SELECT DISTINCT user FROM activity ORDER BY user').map(({ user }) => String(user));
    const devices = this.#database
      .all(
        'SELECT device_id, device_name, max(id) FROM activity WHERE device_id IS NOT NULL GROUP BY device_id ORDER BY device_name',
      )
      .map((row) => ({ id: String(row.device_id), name: String(row.device_name) }));
    return { users, devices };
  }

  #entries(sql: string, ...values: readonly SQLInputValue[]): readonly ActivityEntry[] {
    return this.#database.all(sql, ...values).map((row) => entryOf(ActivityRow.parse(row)));
  }
}

function kindOf({ device, update }: Pick<Deed, 'device' | 'update'>): ActivityKind {
  if (update !== undefined) return 'update';
  return device === undefined ? 'account' : 'device';
}

function entryOf(row: z.infer<typeof ActivityRow>): ActivityEntry {
  const { ended_at, device_id, device_name, update_id, revision, ...rest } = row;
  return ActivityEntry.parse({
    ...rest,
    ...(ended_at !== null && { endedAt: ended_at }),
    ...(device_id !== null && { deviceId: device_id }),
    ...(device_name !== null && { deviceName: device_name }),
    ...(update_id !== null && { updateId: update_id }),
    ...(revision !== null && { revision }),
  });
}

function conditionOf(filter: ActivityFilter): { readonly where: string; readonly values: readonly SQLInputValue[] } {
  const conditions: string[] = ['1'];
  const values: SQLInputValue[] = [];
  const add = (condition: string, ...of: readonly SQLInputValue[]) => {
    conditions.push(condition);
    values.push(...of);
  };
  const text = filter.text?.trim() ?? '';
  if (text !== '') {
    const like = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
    add(`(what LIKE ? ESCAPE '\\' OR device_name LIKE ? ESCAPE '\\' OR revision LIKE ? ESCAPE '\\')`, like, like, like);
  }
  if (filter.deviceId !== undefined) add('device_id = ?', filter.deviceId);
  if (filter.user !== undefined) add('user = ?', filter.user);
  if (filter.kind !== undefined) add('kind = ?', filter.kind);
  if (filter.result !== undefined) add('result = ?', filter.result);
  if (filter.from !== undefined) add('at >= ?', filter.from);
  if (filter.until !== undefined) add('at < ?', filter.until);
  return { where: conditions.join(' AND '), values };
}
