/** Accounts, their passwords and their global user-meta (hub: accounts/, profiles/). */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { type HubDatabase, isDuplicate, numberOf, type Row, textOf } from './database.ts';
import { accountPrn, newObjectId } from './ids.ts';
import { goMap, type JsonMap, quoteDots, readMap } from './json-text.ts';

export interface Account {
  readonly prn: string;
  readonly id: string;
  readonly type: 'USER' | 'SESSION';
  readonly nick: string;
  readonly email: string;
  /** Not activated while there is one: no login. */
  readonly challenge: string;
  readonly quota: number;
  readonly created: number;
  readonly modified: number;
}

export interface NewAccount {
  readonly nick: string;
  readonly email: string;
  readonly password: string;
  readonly type?: Account['type'];
  readonly challenge?: string;
  readonly meta?: JsonMap;
  readonly quota?: number;
}

export interface AccountRecords {
  /** Undefined where nick or e-mail are taken. */
  add(account: NewAccount): Account | undefined;
  /** By nick, e-mail or prn (hub: auth/authservices, GetAccount). */
  find(nickEmailPrn: string): Account | undefined;
  byNick(nick: string): Account | undefined;
  byPrn(prn: string): Account | undefined;
  byId(id: string): Account | undefined;
  passwordIs(account: Account, password: string): boolean;
  activate(account: Account): void;
  /** As stored: dots escaped. */
  meta(prn: string): JsonMap;
  setMeta(prn: string, escaped: JsonMap): void;
}

/** FREE: 2 GiB (hub: subscriptions/subscription.go). */
export const DEFAULT_QUOTA = 2 * 1024 ** 3;

/** Cheap on purpose: what is guarded here is made up. */
const COST = { N: 1024, r: 8, p: 1 };

export function openAccounts(database: HubDatabase, now: () => number): AccountRecords {
  const one = (where: string, value: string): Account | undefined => {
    const row = database.get(`SELECT * FROM accounts WHERE ${where} = ?`, value);
    return row ? accountOf(row) : undefined;
  };
  const records: AccountRecords = {
    add(account) {
      const id = newObjectId(now());
      const type = account.type ?? 'USER';
      const prn = type === 'SESSION' ? `prn:::sessions:/${id}` : accountPrn(id);
      const meta = goMap(quoteDots(account.meta ?? {}));
      try {
        database.run(
          'INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
          ...[prn, id, type, account.nick, account.email, hash(account.password), account.challenge ?? '', meta],
          ...[account.quota ?? DEFAULT_QUOTA, now(), now()],
        );
      } catch (error) {
        if (isDuplicate(error)) return undefined;
        throw error;
      }
      return records.byPrn(prn);
    },
    find: (name) => (name.includes('@') ? one('email', name) : (records.byNick(name) ?? one('prn', name))),
    byNick: (nick) => one('nick', nick),
    byPrn: (prn) => one('prn', prn),
    byId: (id) => one('id', id),
    passwordIs(account, password) {
      const row = database.get('SELECT password FROM accounts WHERE prn = ?', account.prn);
      return row !== undefined && matches(password, textOf(row, 'password'));
    },
    activate(account) {
      database.run("UPDATE accounts SET challenge = '', modified = ? WHERE prn = ?", now(), account.prn);
    },
    meta: (prn) => readMap(textOf(database.get('SELECT meta FROM accounts WHERE prn = ?', prn) ?? {}, 'meta')),
    setMeta(prn, escaped) {
      database.run('UPDATE accounts SET meta = ? WHERE prn = ?', goMap(escaped), prn);
    },
  };
  return records;
}

function accountOf(row: Row): Account {
  return {
    prn: textOf(row, 'prn'),
    id: textOf(row, 'id'),
    type: textOf(row, 'type') === 'SESSION' ? 'SESSION' : 'USER',
    nick: textOf(row, 'nick'),
    email: textOf(row, 'email'),
    challenge: textOf(row, 'challenge'),
    quota: numberOf(row, 'quota'),
    created: numberOf(row, 'created'),
    modified: numberOf(row, 'modified'),
  };
}

function hash(password: string): string {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${scryptSync(password, salt, 32, COST).toString('hex')}`;
}

function matches(password: string, stored: string): boolean {
  const [salt = '', key = ''] = stored.split(':');
  return timingSafeEqual(scryptSync(password, Buffer.from(salt, 'hex'), 32, COST), Buffer.from(key, 'hex'));
}
