import { z } from 'zod';
import { Draft, DraftObject } from '../../shared/contract/draft.ts';
import { DeviceId, DraftId } from '../../shared/contract/ids.ts';
import type { Database, Row } from './database.ts';
import { readableRows } from './readable-rows.ts';
import { dropUnusedStateText, keepStateText, stateText } from './state-texts.ts';

const json = <Schema extends z.ZodType>(schema: Schema) => z.string().transform((text) => schema.parse(JSON.parse(text)));

const DraftRow = z.object({
  id: DraftId,
  device_id: DeviceId,
  version: z.number(),
  base_revision: z.string(),
  base_hash: z.string(),
  text_hash: z.string(),
  unfinished: json(z.record(z.string(), z.string())),
  objects: json(z.array(DraftObject)),
  created_at: z.number(),
  changed_at: z.number(),
});

/** The drafts, written at every edit. */
export class DraftStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  all(): readonly Draft[] {
    return readableRows(this.#database.all('SELECT * FROM drafts ORDER BY changed_at DESC'), (row) => this.#draft(row));
  }

  get(id: DraftId): Draft | undefined {
    const row = this.#database.get('SELECT * FROM drafts WHERE id = ?', id);
    return row ? this.#draft(row) : undefined;
  }

  save(draft: Draft): void {
    this.#database.transaction(() => {
      const before = this.#database.get('SELECT text_hash FROM drafts WHERE id = ?', draft.id)?.text_hash;
      this.#database.run(
        `INSERT OR REPLACE INTO drafts
           (id, device_id, version, base_revision, base_hash, text_hash, unfinished, objects, created_at, changed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        draft.id,
        draft.deviceId,
        draft.version,
        draft.base.revision,
        keepStateText(this.#database, draft.base.text),
        keepStateText(this.#database, draft.text),
        JSON.stringify(draft.unfinished),
        JSON.stringify(draft.objects),
        draft.createdAt,
        draft.changedAt,
      );
      if (typeof before === 'string') dropUnusedStateText(this.#database, before);
    });
  }

  remove(id: DraftId): void {
    this.#database.run('DELETE FROM drafts WHERE id = ?', id);
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
      createdAt: parsed.created_at,
      changedAt: parsed.changed_at,
    });
  }
}
