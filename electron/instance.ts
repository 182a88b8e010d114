import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { localStorageProblem } from './storage/database.ts';

const recordSchema = z.object({
  pid: z.number().int().positive(),
  host: z.enum(['electron', 'browser']),
  /** Where the browser host is opened, such as `http://127.0.0.1:4780`; missing until it answers, and in Electron. */
  origin: z.string().optional(),
});
export type RunningInstance = z.infer<typeof recordSchema>;

export type ProfileClaim =
  | { readonly kind: 'claimed'; setOrigin(origin: string): void; release(): void }
  /** `by` is missing while the other one is still starting. */
  | { readonly kind: 'taken'; readonly by: RunningInstance | undefined };

/**
 * Claims a profile for this process: two backends on the same data would undo each other's work. The claim is an exclusive
 * SQLite transaction, because the system itself ends it with the process, also after `kill -9`.
 * @throws LOCAL_STORAGE when the folder can't be written
 */
export function claimProfile(profileDir: string, host: RunningInstance['host']): ProfileClaim {
  const record = join(profileDir, 'running.json');
  const write = (instance: RunningInstance) => writeFileSync(record, JSON.stringify(instance), { mode: 0o600 });
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(profileDir, { recursive: true, mode: 0o700 });
    lock = new DatabaseSync(join(profileDir, 'lock.sqlite'));
    lock.exec('BEGIN EXCLUSIVE');
    write({ pid: process.pid, host });
  } catch (error) {
    lock?.close();
    if (isBusy(error)) return { kind: 'taken', by: readRecord(record) };
    throw localStorageProblem(error);
  }
  const claimed = lock;
  return {
    kind: 'claimed',
    setOrigin: (origin) => write({ pid: process.pid, host, origin }),
    release() {
      rmSync(record, { force: true });
      claimed.close();
    },
  };
}

/** SQLITE_BUSY, https://sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}

function readRecord(file: string): RunningInstance | undefined {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
