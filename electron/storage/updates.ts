import { z } from 'zod';
import { Via } from '../../shared/contract/connection.ts';
import type { DeviceId, DraftId, UpdateId } from '../../shared/contract/ids.ts';
import { ProgressReport, UpdateView } from '../../shared/contract/update.ts';
import type { Database, Row } from './database.ts';
import { readableRows } from './readable-rows.ts';
import { keepStateText, stateText } from './state-texts.ts';

/** An update as the journal has it: enough to go on after a crash. The reports are kept beside it; the containers, once it has ended. */
export const UpdateJournal = UpdateView.omit({ reports: true }).extend({
  /** Journals of before there were hubs do not say it. */
  via: Via.default('lan'),
  /** The device's answer to the post; another name than ours where the endpoint chose one. */
  accepted: z.boolean(),
  /** The post has been handed to the device at least once, so it may be there although no answer came. */
  postTried: z.boolean(),
  /** The device was told to run it. */
  runTried: z.boolean(),
  /** Which boot the device was in when this began, to see a reboot by. */
  bootBefore: z.object({ uptime: z.number(), bootedAt: z.number().optional() }).optional(),
  rebootSeen: z.boolean(),
  /** What the revision's progress said before it was run again. */
  progressBefore: z.object({ status: z.string(), message: z.string() }).optional(),
  rollbackTo: z.string().optional(),
  lostOnFailure: z.array(z.string()),
  /** The revision's progress was seen to change since the device was told. */
  changeSeen: z.boolean(),
  containersBefore: z.array(z.string()),
  /** Containers that were seen going down or coming up while it moved. */
  seenMoving: z.array(z.string()),
  /** No way to the device was open at some point while it moved. */
  linkLost: z.boolean(),
  /** Rules of preflight that said, when it was posted, that the device would refuse it or might fail; journals of before preflight have none. */
  preflight: z.object({ refused: z.array(z.string()), fails: z.array(z.string()) }).optional(),
});
export type UpdateJournal = z.infer<typeof UpdateJournal>;

/** The exact texts that a forecast was made from: what ran, and what the device went through before since it booted, oldest first. */
export interface StartTexts {
  readonly running: string;
  readonly sinceBoot: readonly string[];
}

/** The journal of updates: written before each step that reaches a device. */
export class UpdateStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keeps the update; the texts are given once, when it begins. */
  save(update: UpdateJournal, state?: string, start?: StartTexts): void {
    this.#database.transaction(() => {
      const hash = state === undefined ? null : keepStateText(this.#database, state);
      const running = start === undefined ? null : keepStateText(this.#database, start.running);
      const sinceBoot = start?.sinceBoot.map((text) => keepStateText(this.#database, text)) ?? [];
      this.#database.run(
        `INSERT INTO updates (id, device_id, state_hash, running_hash, since_boot, ended, started_at, journal) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, journal = excluded.journal`,
        update.id,
        update.deviceId,
        hash,
        running,
        JSON.stringify(sinceBoot),
        update.phase === 'ended' || update.phase === 'cancelled' ? 1 : 0,
        update.startedAt,
        JSON.stringify(update),
      );
    });
  }

  state(id: UpdateId): string | undefined {
    const row = this.#database.get('SELECT state_hash FROM updates WHERE id = ?', id);
    return typeof row?.state_hash === 'string' ? stateText(this.#database, row.state_hash) : undefined;
  }

  /** The exact texts that its forecast was made from; undefined where they were not kept. */
  pair(id: UpdateId): (StartTexts & { readonly next: string }) | undefined {
    const row = this.#database.get('SELECT state_hash, running_hash, since_boot FROM updates WHERE id = ?', id);
    const text = (hash: unknown) => (typeof hash === 'string' ? stateText(this.#database, hash) : undefined);
    const [next, running] = [text(row?.state_hash), text(row?.running_hash)];
    if (next === undefined || running === undefined) return undefined;
    const hashes = z.array(z.string()).safeParse(JSON.parse(String(row?.since_boot ?? '[]')));
    return { running, sinceBoot: (hashes.data ?? []).flatMap((hash) => text(hash) ?? []), next };
  }

  /** Those that are over, newest first, each with whether the texts of its forecast are kept. */
  ended(device: DeviceId | undefined): readonly { readonly journal: UpdateJournal; readonly pairKept: boolean }[] {
    const rows = this.#database.all(
      `SELECT journal, state_hash IS NOT NULL AND running_hash IS NOT NULL AS pair FROM updates
       WHERE ended = 1 AND (device_id = ?1 OR ?1 IS NULL) ORDER BY started_at DESC`,
      device ?? null,
    );
    return readableRows(rows, (row) => ({ journal: journal(row), pairKept: row.pair === 1 }));
  }

  get(id: UpdateId): UpdateJournal | undefined {
    const row = this.#database.get('SELECT journal FROM updates WHERE id = ?', id);
    return row ? journal(row) : undefined;
  }

  /** The last one that was begun to post a draft, whatever the clock said. */
  ofDraft(draft: DraftId): UpdateJournal | undefined {
    const row = this.#database.get(
      "SELECT journal FROM updates WHERE json_extract(journal, '$.draftId') = ? ORDER BY rowid DESC LIMIT 1",
      draft,
    );
    return row ? journal(row) : undefined;
  }

  /** Those that had not ended when Trailboss last ran. */
  open(): readonly UpdateJournal[] {
    return readableRows(this.#database.all('SELECT journal FROM updates WHERE ended = 0 ORDER BY started_at'), journal);
  }

  list(device: DeviceId | undefined, limit: number): readonly UpdateJournal[] {
    const rows = device
      ? this.#database.all('SELECT journal FROM updates WHERE device_id = ? ORDER BY started_at DESC LIMIT ?', device, limit)
      : this.#database.all('SELECT journal FROM updates ORDER BY started_at DESC LIMIT ?', limit);
    return readableRows(rows, journal);
  }

  /** When each revision was last seen from here to become DONE, as an instant. */
  doneAt(device: DeviceId): ReadonlyMap<string, number> {
    const rows = this.#database.all(
      `SELECT json_extract(journal, '$.revision') AS revision, coalesce(json_extract(journal, '$.endedAt'), started_at) AS at
       FROM updates WHERE device_id = ? AND json_extract(journal, '$.outcome.result') IN ('done', 'rebooted') ORDER BY started_at`,
      device,
    );
    return new Map(rows.map(({ revision, at }) => [String(revision), Number(at)]));
  }

  addReport(id: UpdateId, seq: number, report: ProgressReport): void {
    this.#database.run(
      'INSERT OR REPLACE INTO reports (update_id, seq, report) VALUES (?, ?, ?)',
      id,
      seq,
      JSON.stringify(report),
    );
  }

  reports(id: UpdateId): readonly ProgressReport[] {
    const rows = this.#database.all('SELECT report FROM reports WHERE update_id = ? ORDER BY seq', id);
    return readableRows(rows, (row) => ProgressReport.parse(JSON.parse(String(row.report))));
  }
}

function journal(row: Row): UpdateJournal {
  return UpdateJournal.parse(JSON.parse(String(row.journal)));
}
