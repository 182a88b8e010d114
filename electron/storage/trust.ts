import { z } from 'zod';
import { TrustAnchor } from '../../shared/contract/signature.ts';
import type { Database } from './database.ts';

const Row = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  fingerprint: z.string(),
  pem: z.string(),
  not_after: z.number().nullable(),
  added_at: z.number(),
});

/** A certificate or public key that signatures are trusted by, with its PEM. */
export type StoredAnchor = TrustAnchor & { readonly pem: string };

/** So many removed anchors can be brought back, as long as the program runs. */
const keptRemoved = 50;

/** Whose signatures a person trusts. Only public parts are kept. */
export class TrustStore {
  readonly #database: Database;
  readonly #removed = new Map<string, StoredAnchor>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Oldest first; rows that this version can't read are left out. */
  all(): readonly StoredAnchor[] {
    return this.#database.all('SELECT * FROM trust_anchors ORDER BY added_at, name, id').flatMap((row) => {
      const { pem, not_after: notAfter, added_at: addedAt, ...shown } = Row.parse(row);
      const anchor = TrustAnchor.safeParse({ ...shown, addedAt, ...(notAfter !== null && { notAfter }) });
      return anchor.success ? [{ ...anchor.data, pem }] : [];
    });
  }

  /** False when it is there already, by its fingerprint. */
  add({ id, kind, name, fingerprint, pem, notAfter, addedAt }: StoredAnchor): boolean {
    if (this.#database.get('SELECT id FROM trust_anchors WHERE fingerprint = ?', fingerprint) !== undefined) return false;
    this.#database.run(
      'INSERT INTO trust_anchors (id, kind, name, fingerprint, pem, not_after, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      kind,
      name,
      fingerprint,
      pem,
      notAfter ?? null,
      addedAt,
    );
    return true;
  }

  /** False when there is none of this id. */
  remove(id: string): boolean {
    const anchor = this.all().find((one) => one.id === id);
    if (anchor === undefined) return false;
    this.#removed.set(id, anchor);
    const [oldest] = this.#removed.keys();
    if (this.#removed.size > keptRemoved && oldest !== undefined) this.#removed.delete(oldest);
    this.#database.run('DELETE FROM trust_anchors WHERE id = ?', id);
    return true;
  }

  /** Takes `remove` back. False when it is not known any more. */
  restore(id: string): boolean {
    const anchor = this.#removed.get(id);
    this.#removed.delete(id);
    if (anchor === undefined) return false;
    this.add(anchor);
    return true;
  }
}
