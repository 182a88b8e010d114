import { createHash } from 'node:crypto';
import type { Database } from './database.ts';

export function hashOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Keeps each state text once, under the sha256 of its exact bytes (not the canonical state sha). */
export function keepStateText(database: Database, text: string): string {
  const hash = hashOfText(text);
  database.run('INSERT OR IGNORE INTO states (hash, text) VALUES (?, ?)', hash, text);
  return hash;
}

export function stateText(database: Database, hash: string): string | undefined {
  const row = database.get('SELECT text FROM states WHERE hash = ?', hash);
  return typeof row?.text === 'string' ? row.text : undefined;
}

const unused = `hash NOT IN (SELECT state_hash FROM revisions WHERE state_hash IS NOT NULL)
  AND hash NOT IN (SELECT state_hash FROM updates WHERE state_hash IS NOT NULL)
  AND hash NOT IN (SELECT running_hash FROM updates WHERE running_hash IS NOT NULL)
  AND hash NOT IN (SELECT kept.value FROM updates, json_each(updates.since_boot) AS kept)
  AND hash NOT IN (SELECT base_hash FROM drafts) AND hash NOT IN (SELECT text_hash FROM drafts)
  AND hash NOT IN (SELECT base_hash FROM series WHERE base_hash IS NOT NULL)
  AND hash NOT IN (SELECT text_hash FROM series WHERE text_hash IS NOT NULL)`;

/** The canonical state sha of a kept text, where it was worked out before. */
export function shaOfText(database: Database, hash: string): string | undefined {
  const row = database.get('SELECT sha FROM states WHERE hash = ?', hash);
  return typeof row?.sha === 'string' ? row.sha : undefined;
}

export function keepShaOfText(database: Database, hash: string, sha: string): void {
  database.run('UPDATE states SET sha = ? WHERE hash = ?', sha, hash);
}

/** A kept text that says the state with this canonical sha, however it is written. */
export function textWithSha(database: Database, sha: string): string | undefined {
  const row = database.get('SELECT text FROM states WHERE sha = ? LIMIT 1', sha);
  return typeof row?.text === 'string' ? row.text : undefined;
}

/** Drops a text that nobody refers to any more: a draft leaves one behind at every edit. */
export function dropUnusedStateText(database: Database, hash: string): void {
  database.run(`DELETE FROM states WHERE hash = ? AND ${unused}`, hash);
}

/** Drops every text that nobody refers to, such as those of devices that were removed. */
export function dropUnusedStateTexts(database: Database): void {
  database.run(`DELETE FROM states WHERE ${unused}`);
}
