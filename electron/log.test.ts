import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from './log.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'trailboss-log-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the log', () => {
  it('holds what happened and no secrets', () => {
    const log = openLog(dir);
    log.info('login', { key: { path: '/k', passphrase: 'hunter2' }, token: 'abc' });
    log.error(new Error('what nobody foresaw'));
    log.close();
    const text = readFileSync(join(dir, 'trailboss.log'), 'utf8');
    expect(text).toContain('what nobody foresaw');
    expect(text).not.toMatch(/hunter2|abc/);
    expect(statSync(join(dir, 'trailboss.log')).mode & 0o077).toBe(0);
  });

  it('starts anew when it has grown large', () => {
    writeFileSync(join(dir, 'trailboss.log'), 'x'.repeat(6_000_000));
    const log = openLog(dir);
    log.info('again');
    log.close();
    expect(statSync(join(dir, 'trailboss.log')).size).toBeLessThan(1000);
  });
});
