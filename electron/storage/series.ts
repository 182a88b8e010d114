import { z } from 'zod';
import { DraftObject } from '../../shared/contract/draft.ts';
import { DeviceId, DraftId, type SeriesId } from '../../shared/contract/ids.ts';
import { Series, SeriesItem } from '../../shared/contract/series.ts';
import type { Database, Row } from './database.ts';
import { readableRows } from './readable-rows.ts';
import { dropUnusedStateText, keepStateText, stateText } from './state-texts.ts';

/** A series as the journal has it, without its items: enough to go on after a crash. */
export const SeriesJournal = Series.omit({ items: true }).extend({
  /** What goes to the devices. The texts of a draft's change are kept beside it. */
  change: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('draft'), draftId: DraftId, deviceId: DeviceId, objects: z.array(DraftObject) }),
    z.object({ kind: z.literal('policies') }),
  ]),
  /** It was started once: from then on it stands as running, stopped or ended. */
  started: z.boolean(),
});
export type SeriesJournal = z.infer<typeof SeriesJournal>;

export const ItemJournal = SeriesItem.extend({
  /** The restart policies that this device gets, in a series of those. */
  policies: z.array(z.object({ container: z.string(), policy: z.enum(['inherit', 'container', 'system']) })),
  /** The sides that a person chose. */
  sides: z.record(z.string(), z.enum(['mine', 'theirs'])),
  /** What it was before it was left out. */
  before: SeriesItem.shape.state.optional(),
});
export type ItemJournal = z.infer<typeof ItemJournal>;

/** The two states between which the change of a draft lies. */
export interface ChangeTexts {
  readonly base: string;
  readonly text: string;
}

/** The journal of series: what was decided and how far each came. */
export class SeriesStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Oldest first. A series with an item that can't be read is left out, for an item is known by its place among the others. */
  all(): readonly { readonly journal: SeriesJournal; readonly items: readonly ItemJournal[] }[] {
    const rows = this.#database.all('SELECT id, journal FROM series ORDER BY created_at, id');
    return readableRows(rows, (row) => ({
      journal: SeriesJournal.parse(JSON.parse(String(row.journal))),
      items: this.#database
        .all('SELECT device_id, item FROM series_items WHERE series_id = ? ORDER BY position', String(row.id))
        .map(item),
    }));
  }

  /** Keeps a new series with all its items. */
  add(journal: SeriesJournal, items: readonly ItemJournal[], texts: ChangeTexts | undefined): void {
    this.#database.transaction(() => {
      this.#database.run(
        'INSERT INTO series (id, created_at, journal, base_hash, text_hash) VALUES (?, ?, ?, ?, ?)',
        journal.id,
        journal.createdAt,
        JSON.stringify(journal),
        texts ? keepStateText(this.#database, texts.base) : null,
        texts ? keepStateText(this.#database, texts.text) : null,
      );
      for (const [position, one] of items.entries()) {
        this.#database.run(
          'INSERT INTO series_items (series_id, position, device_id, item) VALUES (?, ?, ?, ?)',
          journal.id,
          position,
          one.deviceId,
          JSON.stringify(one),
        );
      }
    });
  }

  save(journal: SeriesJournal): void {
    this.#database.run('UPDATE series SET journal = ? WHERE id = ?', JSON.stringify(journal), journal.id);
  }

  saveItem(id: SeriesId, position: number, one: ItemJournal): void {
    this.#database.run(
      'UPDATE series_items SET item = ? WHERE series_id = ? AND position = ?',
      JSON.stringify(one),
      id,
      position,
    );
  }

  /** The states of a draft's change; undefined for a series of policies. */
  texts(id: SeriesId): ChangeTexts | undefined {
    const row = this.#database.get('SELECT base_hash, text_hash FROM series WHERE id = ?', id);
    if (typeof row?.base_hash !== 'string' || typeof row.text_hash !== 'string') return undefined;
    const base = stateText(this.#database, row.base_hash);
    const text = stateText(this.#database, row.text_hash);
    return base === undefined || text === undefined ? undefined : { base, text };
  }

  remove(id: SeriesId): void {
    this.#database.transaction(() => {
      const row = this.#database.get('SELECT base_hash, text_hash FROM series WHERE id = ?', id);
      this.#database.run('DELETE FROM series WHERE id = ?', id);
      for (const hash of [row?.base_hash, row?.text_hash]) {
        if (typeof hash === 'string') dropUnusedStateText(this.#database, hash);
      }
    });
  }
}

/** Two records that turned out to be one device are one in the column. */
function item(row: Row): ItemJournal {
  return { ...ItemJournal.parse(JSON.parse(String(row.item))), deviceId: DeviceId.parse(row.device_id) };
}
