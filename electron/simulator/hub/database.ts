/** The simulated hub's database: one SQLite file (or memory), its tables, and a thin driver that prepares each statement once. */
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';

export type Row = Readonly<Record<string, SQLOutputValue>>;

export interface HubDatabase {
  run(sql: string, ...values: readonly SQLInputValue[]): number;
  all(sql: string, ...values: readonly SQLInputValue[]): readonly Row[];
  get(sql: string, ...values: readonly SQLInputValue[]): Row | undefined;
  /** Everything in `work` is kept, or nothing is. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Times are milliseconds since 1970; 0 in a trail's times is Go's zero time. Maps are JSON texts; `1`/`0` are flags. */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS keys (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS accounts (
  prn TEXT PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, nick TEXT NOT NULL UNIQUE, email TEXT NOT NULL UNIQUE,
  password TEXT NOT NULL, challenge TEXT NOT NULL, meta TEXT NOT NULL, quota INTEGER NOT NULL,
  created INTEGER NOT NULL, modified INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS ended (prn TEXT PRIMARY KEY, below INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS auth_tokens (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, secret TEXT NOT NULL, scopes TEXT NOT NULL,
  deleted_at INTEGER, expires INTEGER NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS auth_token_names ON auth_tokens (owner, name, ifnull(deleted_at, 0));
CREATE TABLE IF NOT EXISTS devices (
  id TEXT PRIMARY KEY, nick TEXT NOT NULL, owner TEXT NOT NULL, secret TEXT NOT NULL, challenge TEXT NOT NULL,
  public INTEGER NOT NULL, user_meta TEXT NOT NULL, device_meta TEXT NOT NULL, garbage INTEGER NOT NULL,
  created INTEGER NOT NULL, modified INTEGER NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS device_nicks ON devices (owner, nick);
CREATE INDEX IF NOT EXISTS device_changes ON devices (owner, modified);
CREATE TABLE IF NOT EXISTS join_tokens (
  id TEXT PRIMARY KEY, nick TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, token_sha TEXT NOT NULL UNIQUE, user_meta TEXT,
  disabled INTEGER NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS states (sha TEXT PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS trails (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL, last_insync INTEGER NOT NULL, last_touched INTEGER NOT NULL,
  factory_sha TEXT NOT NULL, used_objects TEXT NOT NULL, garbage INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS trail_changes ON trails (owner, last_touched);
CREATE TABLE IF NOT EXISTS steps (
  id TEXT PRIMARY KEY, trail TEXT NOT NULL, rev INTEGER NOT NULL, owner TEXT NOT NULL, committer TEXT NOT NULL,
  msg TEXT NOT NULL, state_sha TEXT NOT NULL, status TEXT NOT NULL, progress TEXT NOT NULL, meta TEXT NOT NULL,
  used_objects TEXT NOT NULL, garbage INTEGER NOT NULL, step_time INTEGER NOT NULL, progress_time INTEGER NOT NULL,
  created INTEGER NOT NULL, modified INTEGER NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS step_revs ON steps (trail, rev);
CREATE INDEX IF NOT EXISTS step_changes ON steps (owner, modified);
CREATE TABLE IF NOT EXISTS objects (
  storage_id TEXT PRIMARY KEY, sha TEXT NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL, size TEXT NOT NULL,
  bytes INTEGER NOT NULL, mime TEXT NOT NULL, linked TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS object_owners ON objects (owner);
CREATE TABLE IF NOT EXISTS public_objects (sha TEXT NOT NULL, owner TEXT NOT NULL, device TEXT NOT NULL,
  PRIMARY KEY (sha, owner, device)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS logs (
  at INTEGER PRIMARY KEY, id TEXT NOT NULL, dev TEXT NOT NULL, own TEXT NOT NULL, created INTEGER NOT NULL,
  tsec INTEGER NOT NULL, tnano INTEGER NOT NULL, rev TEXT NOT NULL, plat TEXT NOT NULL, src TEXT NOT NULL,
  lvl TEXT NOT NULL, msg TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS log_owners ON logs (own, created);
CREATE TABLE IF NOT EXISTS pkce (
  code TEXT PRIMARY KEY, challenge TEXT NOT NULL, method TEXT NOT NULL, redirect_uri TEXT NOT NULL, prn TEXT NOT NULL,
  used INTEGER NOT NULL, expires INTEGER NOT NULL);
`;

/** @param path a file, or ':memory:'. */
export function openHubDatabase(path: string): HubDatabase {
  const connection = new DatabaseSync(path, { timeout: 5000 });
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;');
  connection.exec(SCHEMA);
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const prepare = (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    run: (sql, ...values) => Number(prepare(sql).run(...values).changes),
    all: (sql, ...values) => prepare(sql).all(...values),
    get: (sql, ...values) => prepare(sql).get(...values),
    transaction(work) {
      connection.exec('BEGIN');
      try {
        const result = work();
        connection.exec('COMMIT');
        return result;
      } catch (error) {
        connection.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => connection.close(),
  };
}

/** Whether a statement failed on a unique index. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && error.message.includes('UNIQUE constraint failed');
}

export function textOf(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}

export function numberOf(row: Row, column: string): number {
  const value = row[column];
  return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : 0;
}

export function flagOf(row: Row, column: string): boolean {
  return numberOf(row, column) !== 0;
}
