import { z } from 'zod';
import type { DeviceId } from '../../shared/contract/ids.ts';
import { RevisionName } from '../../shared/state/ids.ts';
import type { Database } from './database.ts';
import { keepShaOfText, keepStateText, shaOfText, stateText, textWithSha } from './state-texts.ts';

/** A revision as the device last listed it; `progress` is the device's own JSON. */
export interface RevisionRecord {
  readonly name: RevisionName;
  readonly date: string | undefined;
  readonly message: string;
  readonly progress: unknown;
  readonly committer?: string | undefined;
  readonly onHub?: boolean | undefined;
  /** Known from the hub's trail alone. */
  readonly hubOnly?: boolean | undefined;
  readonly stateSha?: string | undefined;
  readonly stateHash: string | undefined;
}

const RevisionRow = z.object({
  name: RevisionName,
  date: z.string().nullable(),
  message: z.string(),
  progress: z.string().nullable(),
  state_hash: z.string().nullable(),
  committer: z.string().nullable(),
  on_hub: z.number(),
  hub_only: z.number(),
  state_sha: z.string().nullable(),
});
type RevisionRow = z.infer<typeof RevisionRow>;

/** What the devices' timelines looked like when they were last heard, and the states that were read from them. */
export class RevisionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  timeline(device: DeviceId): readonly RevisionRecord[] {
    return this.#rows(device).map((row) => ({
      name: row.name,
      date: row.date ?? undefined,
      message: row.message,
      progress: row.progress === null ? undefined : JSON.parse(row.progress),
      committer: row.committer ?? undefined,
      onHub: row.on_hub === 1,
      hubOnly: row.hub_only === 1,
      stateSha: row.state_sha ?? undefined,
      stateHash: row.state_hash ?? undefined,
    }));
  }

  /**
   * Takes over a timeline as it was heard. A revision that the device does not list any more is dropped; those on a hub stay, because a
   * hub keeps all and is asked for a page at a time. A revision that was overwritten has its state read anew.
   */
  saveTimeline(device: DeviceId, revisions: readonly Omit<RevisionRecord, 'stateHash'>[]): void {
    this.#database.transaction(() => {
      const known = new Map<string, RevisionRow>(this.#rows(device).map((row) => [row.name, row]));
      const deviceTold = revisions.some(({ hubOnly }) => !hubOnly);
      for (const revision of revisions) {
        const before = known.get(revision.name);
        known.delete(revision.name);
        const row = rowOf(revision, before);
        if (before === undefined || !isSameRow(before, row)) this.#keep(device, row);
      }
      for (const gone of known.values()) {
        if (!deviceTold || gone.on_hub === 1) continue;
        this.#database.run('DELETE FROM revisions WHERE device_id = ? AND name = ?', device, gone.name);
      }
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

  /** Which state a revision has, by the hash of its exact text, where that is kept. */
  stateHash(device: DeviceId, name: RevisionName): string | undefined {
    const row = this.#database.get('SELECT state_hash FROM revisions WHERE device_id = ? AND name = ?', device, name);
    return typeof row?.state_hash === 'string' ? row.state_hash : undefined;
  }

  textOf(hash: string): string | undefined {
    return stateText(this.#database, hash);
  }

  /** Keeps a text that no revision refers to; it goes when the profile is opened next, unless one does then. Answers with its hash. */
  keepText(text: string): string {
    return keepStateText(this.#database, text);
  }

  /** The canonical state sha of a kept text, where somebody worked it out. */
  shaOf(hash: string): string | undefined {
    return shaOfText(this.#database, hash);
  }

  keepSha(hash: string, sha: string): void {
    keepShaOfText(this.#database, hash, sha);
  }

  /** A text that is kept and says the state with this canonical sha; its formatting may be another device's. */
  textWithSha(sha: string): string | undefined {
    return textWithSha(this.#database, sha);
  }

  state(device: DeviceId, name: RevisionName): string | undefined {
    const row = this.#database.get('SELECT state_hash FROM revisions WHERE device_id = ? AND name = ?', device, name);
    return typeof row?.state_hash === 'string' ? stateText(this.#database, row.state_hash) : undefined;
  }

  #rows(device: DeviceId): readonly RevisionRow[] {
    return this.#database
      .all('SELECT * FROM revisions WHERE device_id = ? ORDER BY date, name', device)
      .map((row) => RevisionRow.parse(row));
  }

  #keep(device: DeviceId, row: RevisionRow): void {
    this.#database.run(
      `INSERT OR REPLACE INTO revisions
         (device_id, name, date, message, progress, state_hash, committer, on_hub, hub_only, state_sha)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      device,
      row.name,
      row.date,
      row.message,
      row.progress,
      row.state_hash,
      row.committer,
      row.on_hub,
      row.hub_only,
      row.state_sha,
    );
  }
}

function rowOf(revision: Omit<RevisionRecord, 'stateHash'>, before: RevisionRow | undefined): RevisionRow {
  const row = {
    name: revision.name,
    date: revision.date ?? null,
    message: revision.message,
    progress: revision.progress === undefined ? null : JSON.stringify(revision.progress),
    committer: revision.committer ?? null,
    on_hub: revision.onHub ? 1 : 0,
    hub_only: revision.hubOnly ? 1 : 0,
    state_sha: revision.stateSha ?? null,
  };
  return { ...row, state_hash: before && isSameState(before, row) ? before.state_hash : null };
}

/** On the device another date means another state; a hub names the state itself, and its dates are not the device's. */
function isSameState(before: RevisionRow, now: Omit<RevisionRow, 'state_hash'>): boolean {
  if (before.state_sha !== null && now.state_sha !== null) return before.state_sha === now.state_sha;
  return before.date === now.date || before.on_hub === 1 || now.on_hub === 1;
}

function isSameRow(a: RevisionRow, b: RevisionRow): boolean {
  return (
    a.date === b.date &&
    a.message === b.message &&
    a.progress === b.progress &&
    a.committer === b.committer &&
    a.on_hub === b.on_hub &&
    a.hub_only === b.hub_only &&
    a.state_sha === b.state_sha
  );
}
