import { z } from 'zod';
import type { KnownHost } from '../../shared/contract/settings.ts';
import type { Database } from './database.ts';

const HostKeyRow = z.object({
  host: z.string(),
  port: z.number(),
  algorithm: z.string(),
  fingerprint: z.string(),
  accepted_at: z.number(),
});

/** The host keys that a person accepted. One per host and port; a changed key never replaces one by itself. */
export class HostKeyStore {
  readonly #database: Database;
  /** What was forgotten since the program started, so that it can be taken back. */
  readonly #forgotten = new Map<string, KnownHost>();

  constructor(database: Database) {
    this.#database = database;
  }

  pinned(host: string, port: number): KnownHost | undefined {
    const row = this.#database.get('SELECT * FROM host_keys WHERE host = ? AND port = ?', host, port);
    return row ? knownHost(HostKeyRow.parse(row)) : undefined;
  }

  pin(key: KnownHost): void {
    this.#database.run(
      'INSERT OR REPLACE INTO host_keys (host, port, algorithm, fingerprint, accepted_at) VALUES (?, ?, ?, ?, ?)',
      key.host,
      key.port,
      key.algorithm,
      key.fingerprint,
      key.acceptedAt,
    );
  }

  forget(host: string, port: number): void {
    const known = this.pinned(host, port);
    if (known) this.#forgotten.set(`${host}:${port}`, known);
    this.#database.run('DELETE FROM host_keys WHERE host = ? AND port = ?', host, port);
  }

  /** Takes `forget` back; a key that was accepted since stays. */
  restore(host: string, port: number): void {
    const forgotten = this.#forgotten.get(`${host}:${port}`);
    this.#forgotten.delete(`${host}:${port}`);
    if (forgotten && !this.pinned(host, port)) this.pin(forgotten);
  }

  all(): readonly KnownHost[] {
    return this.#database.all('SELECT * FROM host_keys ORDER BY host, port').map((row) => knownHost(HostKeyRow.parse(row)));
  }
}

function knownHost(row: z.infer<typeof HostKeyRow>): KnownHost {
  const { accepted_at: acceptedAt, ...key } = row;
  return { ...key, acceptedAt };
}
