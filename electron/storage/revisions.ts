import { z } from 'zod';
import type { DeviceId } from '../../shared/contract/ids.ts';
import { RevisionName } from '../../shared/state/ids.ts';
import type { Database } from './database.ts';
import { keepStateText, stateText } from './state-texts.ts';

/** A revision as the device last listed it; `progress` is the device's own JSON. */
export interface RevisionRecord {
  readonly name: RevisionName;
  readonly date: string | undefined;
  readonly message: string;
  readonly progress: unknown;
  readonly stateHash: string | undefined;
}

const RevisionRow = z.object({
  name: RevisionName,
  date: z.string().nullable(),
  message: z.string(),
  progress: z.string().nullable(),
  state_hash: z.string().nullable(),
});

/** What the devices' timelines looked like when they were last heard, and the states that were read from them. */
export class RevisionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  timeline(device: DeviceId): readonly RevisionRecord[] {
    return this.#database.all('SELECT * FROM revisions WHERE device_id = ? ORDER BY date, name', device).map((row) => {
      const parsed = RevisionRow.parse(row);
      return {
        name: parsed.name,
        date: parsed.date ?? undefined,
        message: parsed.message,
        progress: parsed.progress === null ? undefined : JSON.parse(parsed.progress),
        stateHash: parsed.state_hash ?? undefined,
      };
    });
  }

  /** Takes over a whole timeline. A revision whose date changed was overwritten on the device: its state is read anew. */
  saveTimeline(device: DeviceId, revisions: readonly Omit<RevisionRecord, 'stateHash'>[]): void {
    this.#database.transaction(() => {
      const rows = this.#database.all(
        'SELECT name, date, message, progress, state_hash FROM revisions WHERE device_id = ?',
        device,
      );
      const known = new Map(rows.map((row) => [String(row.name), row]));
      for (const revision of revisions) {
        const before = known.get(revision.name);
        known.delete(revision.name);
        const date = revision.date ?? null;
        const progress = revision.progress === undefined ? null : JSON.stringify(revision.progress);
        if (before && before.date === date && before.message === revision.message && before.progress === progress) continue;
        this.#database.run(
          'INSERT OR REPLACE INTO revisions (device_id, name, date, message, progress, state_hash) VALUES (?, ?, ?, ?, ?, ?)',
          device,
          revision.name,
          date,
          revision.message,
          progress,
          before?.date === date && typeof before.state_hash === 'string' ? before.state_hash : null,
        );
      }
      for (const gone of known.keys()) this.#database.run('DELETE FROM revisions WHERE device_id = ? AND name = ?', device, gone);
    });
  }

  /** Remembers a revision's text; the revision itself may not be listed yet. */
  saveState(device: DeviceId, name: RevisionName, text: string): void {
    this.#database.transaction(() => {
      const hash = keepStateText(this.#database, text);
      this.#database.run(
        `INSERT INTO revisions (device_id, name, message, state_hash) VALUES (?, ?, '', ?)
         ON CONFLICT (device_id, name) DO UPDATE SET state_hash = excluded.state_hash`,
        device,
        name,
        hash,
      );
    });
  }

  /** Which states of a device are kept, by the hash of their exact text. */
  stateHashes(device: DeviceId): ReadonlyMap<string, string> {
    const rows = this.#database.all(
      'SELECT name, state_hash FROM revisions WHERE device_id = ? AND state_hash IS NOT NULL',
      device,
    );
    return new Map(rows.map((row) => [String(row.name), String(row.state_hash)]));
  }

  textOf(hash: string): string | undefined {
    return stateText(this.#database, hash);
  }

  state(device: DeviceId, name: RevisionName): string | undefined {
    const row = this.#database.get('SELECT state_hash FROM revisions WHERE device_id = ? AND name = ?', device, name);
    return typeof row?.state_hash === 'string' ? stateText(this.#database, row.state_hash) : undefined;
  }
}
