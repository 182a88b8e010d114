import { z } from 'zod';
import { Draft, DraftObject } from '../../shared/contract/draft.ts';
import { DeviceId, DraftId, SeriesId } from '../../shared/contract/ids.ts';
import type { Database, Row } from './database.ts';
import { type DraftStep, DraftSteps } from './draft-steps.ts';
import { readableRows } from './readable-rows.ts';
import { dropUnusedStateText, keepStateText, stateText } from './state-texts.ts';

const json = <Schema extends z.ZodType>(schema: Schema) => z.string().transform((text) => schema.parse(JSON.parse(text)));

const HeadRow = z.object({
  id: DraftId,
  device_id: DeviceId,
  version: z.number(),
  base_revision: z.string(),
  title: z.string(),
  series_id: SeriesId.nullable(),
  changed_at: z.number(),
});

const DraftRow = HeadRow.extend({
  base_hash: z.string(),
  text_hash: z.string(),
  unfinished: json(z.record(z.string(), z.string())),
  objects: json(z.array(DraftObject)),
  created_at: z.number(),
});

/** What a list shows of a draft, without its texts. */
export interface DraftHead {
  readonly id: DraftId;
  readonly deviceId: DeviceId;
  readonly version: number;
  readonly base: string;
  readonly title: string;
  readonly seriesId: SeriesId | undefined;
  readonly changedAt: number;
}

/** A draft that was taken out of the database, with all that brings it back. */
export interface RemovedDraft {
  readonly draft: Draft;
  readonly seriesId: SeriesId | undefined;
  readonly steps: readonly DraftStep[];
  readonly done: number;
}

/** The drafts, written at every edit. */
export class DraftStore {
  readonly steps: DraftSteps;
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    this.steps = new DraftSteps(database);
  }

  all(): readonly Draft[] {
    return readableRows(this.#database.all('SELECT * FROM drafts ORDER BY changed_at DESC'), (row) => this.#draft(row));
  }

  /** The newest first. Only what a list shows is read: the rest of such a draft may still be unreadable. */
  heads(): readonly DraftHead[] {
    const columns = 'id, device_id, version, base_revision, title, series_id, changed_at';
    return readableRows(this.#database.all(`SELECT ${columns} FROM drafts ORDER BY changed_at DESC`), (row) =>
      headOf(HeadRow.parse(row)),
    );
  }

  /** Objects that a draft has, or would have again after an undo or redo. */
  objects(): readonly string[] {
    const rows = this.#database.all('SELECT objects FROM drafts');
    const now = readableRows(rows, (row) =>
      json(z.array(DraftObject))
        .parse(row.objects)
        .map(({ sha }) => sha),
    );
    return [...now.flat(), ...this.steps.objects()];
  }

  /** Undefined also where another version wrote it, or it is damaged. */
  get(id: DraftId): Draft | undefined {
    const row = this.#database.get('SELECT * FROM drafts WHERE id = ?', id);
    return readableRows(row ? [row] : [], (one) => this.#draft(one))[0];
  }

  has(id: DraftId): boolean {
    return this.#database.get('SELECT id FROM drafts WHERE id = ?', id) !== undefined;
  }

  /** Writes a draft; `seriesId` says which series a new one belongs to. Its history is kept apart, in `steps`. */
  save(draft: Draft, seriesId?: SeriesId): void {
    this.#database.transaction(() => {
      const before = this.#database.get('SELECT text_hash FROM drafts WHERE id = ?', draft.id)?.text_hash;
      this.#database.run(
        `INSERT INTO drafts
           (id, device_id, version, base_revision, base_hash, text_hash, unfinished, objects, title, series_id, created_at, changed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, base_revision = excluded.base_revision,
           base_hash = excluded.base_hash, text_hash = excluded.text_hash, unfinished = excluded.unfinished,
           objects = excluded.objects, title = excluded.title, changed_at = excluded.changed_at`,
        draft.id,
        draft.deviceId,
        draft.version,
        draft.base.revision,
        keepStateText(this.#database, draft.base.text),
        keepStateText(this.#database, draft.text),
        JSON.stringify(draft.unfinished),
        JSON.stringify(draft.objects),
        draft.title,
        seriesId ?? null,
        draft.createdAt,
        draft.changedAt,
      );
      if (typeof before === 'string') dropUnusedStateText(this.#database, before);
    });
  }

  /** Everything that is stored in `work` is kept, or nothing is. */
  together<T>(work: () => T): T {
    return this.#database.transaction(work);
  }

  /** Takes a draft out; undefined where it is not there, or can't be read. */
  remove(id: DraftId): RemovedDraft | undefined {
    return this.#database.transaction(() => {
      const draft = this.get(id);
      const series = SeriesId.safeParse(this.#database.get('SELECT series_id FROM drafts WHERE id = ?', id)?.series_id);
      const steps = this.steps.all(id);
      const done = this.steps.done(id);
      this.#database.run('DELETE FROM drafts WHERE id = ?', id);
      return draft && { draft, seriesId: series.success ? series.data : undefined, steps, done };
    });
  }

  /** Brings back what `remove` took out; false when its device is gone. */
  putBack({ draft, seriesId, steps, done }: RemovedDraft): boolean {
    return this.#database.transaction(() => {
      if (this.#database.get('SELECT id FROM devices WHERE id = ?', draft.deviceId) === undefined) return false;
      this.save(draft, seriesId);
      this.steps.putBack(draft.id, steps, done);
      return true;
    });
  }

  #draft(row: Row): Draft {
    const parsed = DraftRow.parse(row);
    return Draft.parse({
      id: parsed.id,
      deviceId: parsed.device_id,
      version: parsed.version,
      base: { revision: parsed.base_revision, text: stateText(this.#database, parsed.base_hash) },
      text: stateText(this.#database, parsed.text_hash),
      unfinished: parsed.unfinished,
      objects: parsed.objects,
      title: parsed.title,
      ...this.steps.labels(parsed.id),
      createdAt: parsed.created_at,
      changedAt: parsed.changed_at,
    });
  }
}

function headOf(row: z.infer<typeof HeadRow>): DraftHead {
  return {
    id: row.id,
    deviceId: row.device_id,
    version: row.version,
    base: row.base_revision,
    title: row.title,
    seriesId: row.series_id ?? undefined,
    changedAt: row.changed_at,
  };
}
