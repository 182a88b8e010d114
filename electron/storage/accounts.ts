import { z } from 'zod';
import { AccountId } from '../../shared/contract/hub.ts';
import type { Database, Row } from './database.ts';
import { readableRows } from './readable-rows.ts';

/** An account on a hub, without what proves to the hub that it is ours: that is in the store of secrets, under the account's id. */
export interface AccountRecord {
  readonly id: AccountId;
  /** The hub's origin. */
  readonly url: string;
  /** PEM text of the certificates that the hub is checked against beside the system's own. */
  readonly ca: string | undefined;
  readonly nick: string;
  /** The account's id on the hub, such as `prn:::accounts:/5a…`. */
  readonly prn: string;
  readonly email: string | undefined;
  /** It is on the simulated hub: nothing of it is kept but this record. */
  readonly demo: boolean;
  readonly addedAt: number;
  /** When the personal API token ends, in milliseconds; absent for a session. */
  readonly tokenEndsAt: number | undefined;
}

const optional = <Value extends z.ZodType>(value: Value) => value.nullable().transform((found) => found ?? undefined);

const AccountRow = z.object({
  id: AccountId,
  url: z.string(),
  ca: optional(z.string()),
  nick: z.string(),
  prn: z.string(),
  email: optional(z.string()),
  demo: z.number().transform((number) => number !== 0),
  added_at: z.number(),
  token_ends_at: optional(z.number()),
});

export class AccountStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In the order in which they were added. */
  all(): readonly AccountRecord[] {
    return readableRows(this.#database.all('SELECT * FROM accounts ORDER BY added_at, id'), record);
  }

  save(account: AccountRecord): void {
    this.#database.run(
      `INSERT INTO accounts (id, url, ca, nick, prn, email, demo, added_at, token_ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET url = excluded.url, ca = excluded.ca, nick = excluded.nick, prn = excluded.prn,
         email = excluded.email, token_ends_at = excluded.token_ends_at`,
      account.id,
      account.url,
      account.ca ?? null,
      account.nick,
      account.prn,
      account.email ?? null,
      account.demo ? 1 : 0,
      account.addedAt,
      account.tokenEndsAt ?? null,
    );
  }

  remove(id: AccountId): void {
    this.#database.run('DELETE FROM accounts WHERE id = ?', id);
  }
}

function record(row: Row): AccountRecord {
  const { added_at: addedAt, token_ends_at: tokenEndsAt, ...rest } = AccountRow.parse(row);
  return { ...rest, addedAt, tokenEndsAt };
}
