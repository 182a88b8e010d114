import { z } from 'zod';
import { CheckoutId, Instant } from '../../shared/contract/ids.ts';
import type { Database } from './database.ts';
import { readableRows } from './readable-rows.ts';

const CheckoutRow = z.object({ id: CheckoutId, path: z.string(), opened_at: Instant });

export interface CheckoutRecord {
  readonly id: CheckoutId;
  readonly path: string;
  readonly openedAt: Instant;
}

/** The pvr checkouts that were opened here; what is in them is on the disk alone. */
export class CheckoutStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The last opened one first. */
  all(): readonly CheckoutRecord[] {
    return readableRows(this.#database.all('SELECT id, path, opened_at FROM checkouts ORDER BY opened_at DESC, id'), (row) => {
      const { id, path, opened_at } = CheckoutRow.parse(row);
      return { id, path, openedAt: opened_at };
    });
  }

  /** Adds it, or says that it was opened again. */
  save({ id, path, openedAt }: CheckoutRecord): void {
    this.#database.run(
      `INSERT INTO checkouts (id, path, opened_at) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET path = excluded.path, opened_at = excluded.opened_at`,
      id,
      path,
      openedAt,
    );
  }

  remove(id: CheckoutId): void {
    this.#database.run('DELETE FROM checkouts WHERE id = ?', id);
  }
}
