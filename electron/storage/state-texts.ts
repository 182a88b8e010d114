import { createHash } from 'node:crypto';
import type { Database } from './database.ts';

/** Keeps each state text once, under the sha256 of its exact bytes (not the canonical state sha). */
export function keepStateText(database: Database, text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  database.run('INSERT OR IGNORE INTO states (hash, text) VALUES (?, ?)', hash, text);
  return hash;
}

export function stateText(database: Database, hash: string): string | undefined {
  const row = database.get('SELECT text FROM states WHERE hash = ?', hash);
  return typeof row?.text === 'string' ? row.text : undefined;
}
