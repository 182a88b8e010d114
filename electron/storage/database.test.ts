import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';

let dir = '';
const open = () => openDatabase(dir, () => 1_000);

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'trailboss-database-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the database', () => {
  it('says that the disk is full, and works on when there is room again', () => {
    const { database } = open();
    const pages = Number(database.get('PRAGMA page_count')?.page_count);
    database.get(`PRAGMA max_page_count = ${pages}`);
    const sql = 'INSERT INTO states (hash, text) VALUES (?, ?)';
    const fill = () => database.transaction(() => database.run(sql, 'hash', 'x'.repeat(100_000)));
    expect(fill).toThrow(expect.objectContaining({ code: 'LOCAL_STORAGE' }));
    database.get(`PRAGMA max_page_count = ${pages + 1000}`);
    fill();
    expect(database.all('SELECT hash FROM states')).toEqual([{ hash: 'hash' }]);
    database.close();
  });

  it('is left where it is while another program holds it', () => {
    open().database.close();
    const other = new DatabaseSync(join(dir, 'trailboss.db'));
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE held (x)');
    expect(open).toThrow(expect.objectContaining({ code: 'LOCAL_STORAGE' }));
    other.close();
    expect(readdirSync(dir).filter((name) => name.includes('kept'))).toEqual([]);
  });
});
