import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { migrations } from './migrations.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A thin driver over node:sqlite: statements are prepared once, and a full disk becomes a sentence. */
export interface Database {
  run(sql: string, ...values: readonly SQLInputValue[]): void;
  all(sql: string, ...values: readonly SQLInputValue[]): readonly Row[];
  get(sql: string, ...values: readonly SQLInputValue[]): Row | undefined;
  /** Everything in `work` is kept, or nothing is. */
  transaction<T>(work: () => T): T;
  close(): void;
}

export interface OpenedDatabase {
  readonly database: Database;
  /** Where an unreadable database was kept, and why it could not be used. */
  readonly keptAside: { readonly path: string; readonly reason: string } | undefined;
}

/**
 * Opens `trailboss.db` in the profile and brings it up to date. A database that is corrupt, or that a newer version of
 * Trailboss wrote, is renamed and a fresh one is started: nothing is overwritten.
 */
export function openDatabase(profileDir: string, now: () => number): OpenedDatabase {
  const path = join(profileDir, 'trailboss.db');
  try {
    return { database: open(path), keptAside: undefined };
  } catch (error) {
    if (error instanceof TrailbossError || !existsSync(path)) throw error;
    const aside = `${path}.kept-${now()}`;
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
    }
    const reason = error instanceof Error ? error.message : String(error);
    return { database: open(path), keptAside: { path: aside, reason } };
  }
}

class NewerDatabase extends Error {}

function open(path: string): Database {
  const connection = new DatabaseSync(path, { timeout: 5000 });
  try {
    prepareConnection(connection);
  } catch (error) {
    connection.close();
    if (isTheComputer(error)) throw localStorageProblem(error);
    throw error;
  }
  return driver(connection);
}

function prepareConnection(connection: DatabaseSync): void {
  const version = Number(Object.values(connection.prepare('PRAGMA user_version').get() ?? { v: 0 })[0]);
  if (version > migrations.length) {
    throw new NewerDatabase(
      `it was written by a newer version of Trailboss (format ${version}, this one knows ${migrations.length})`,
    );
  }
  // Only now: it writes, and a database that is kept aside is kept as it was.
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  const check = connection.prepare('PRAGMA quick_check(1)').get();
  if (Object.values(check ?? {})[0] !== 'ok') throw new Error('the database is damaged');
  for (const [step, sql] of migrations.entries()) {
    if (step < version) continue;
    connection.exec(`BEGIN; ${sql}; PRAGMA user_version = ${step + 1}; COMMIT;`);
  }
}

function driver(connection: DatabaseSync): Database {
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const prepare = (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  let depth = 0;
  return {
    run: (sql, ...values) => {
      translated(() => prepare(sql).run(...values));
    },
    all: (sql, ...values) => translated(() => prepare(sql).all(...values)),
    get: (sql, ...values) => translated(() => prepare(sql).get(...values)),
    transaction: (work) => {
      if (depth > 0) return work();
      translated(() => connection.exec('BEGIN IMMEDIATE'));
      depth += 1;
      try {
        const result = work();
        translated(() => connection.exec('COMMIT'));
        return result;
      } catch (error) {
        // A full disk makes SQLite roll back by itself; rolling back twice would hide why.
        if (connection.isTransaction) connection.exec('ROLLBACK');
        throw error;
      } finally {
        depth -= 1;
      }
    },
    close: () => connection.close(),
  };
}

function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isTheComputer(error)) throw localStorageProblem(error);
    throw error;
  }
}

/** SQLite's result codes PERM, BUSY, LOCKED, READONLY, IOERR, FULL and CANTOPEN: nothing is wrong with what the database holds. */
const codesOfTheComputer = new Set([3, 5, 6, 8, 10, 13, 14]);

function isTheComputer(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
  return (code !== undefined && codesOfTheComputer.has(code)) || /disk is full|ENOSPC|readonly database/i.test(error.message);
}

/** For everything on this computer's side that could not be written. */
export function localStorageProblem(error: unknown): TrailbossError {
  const raw = error instanceof Error ? error.message : String(error);
  return new TrailbossError(
    'LOCAL_STORAGE',
    {
      what: 'Trailboss could not write to its own folder on this computer.',
      unchanged: 'What was stored before is as it was, and nothing was sent to a device.',
      next: 'Free some space, or check that the folder can be written to, and try again.',
      raw,
    },
    { cause: error },
  );
}
