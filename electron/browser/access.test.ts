import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAccess } from './access.ts';

const day = 24 * 60 * 60 * 1000;
let profile: string;
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'trailboss-access-'));
});
afterEach(() => rm(profile, { recursive: true }));

test('a token is exchanged once', async () => {
  const access = openAccess(profile, () => 0);
  const token = await access.issueToken();
  const results = await Promise.all([access.exchange(token), access.exchange(token), access.exchange(token)]);
  const secrets = results.filter((secret) => secret !== undefined);
  expect(secrets).toHaveLength(1);
  expect(await access.isSession(secrets[0] ?? '')).toBe(true);
  expect(await access.isSession(token)).toBe(false);
});

test('a new token ends the one before, and leaves sessions alone', async () => {
  const access = openAccess(profile, () => 0);
  const session = (await access.exchange(await access.issueToken())) ?? '';
  const old = await access.issueToken();
  const fresh = await access.issueToken();
  expect(await access.exchange(old)).toBeUndefined();
  expect(await access.exchange(fresh)).toBeDefined();
  expect(await access.isSession(session)).toBe(true);
});

test('sessions and tokens survive a restart, as hashes that only their owner can read', async () => {
  const before = openAccess(profile, () => 0);
  const session = (await before.exchange(await before.issueToken())) ?? '';
  const token = await before.issueToken();
  const file = join(profile, 'browser-access.json');
  const text = await readFile(file, 'utf8');
  expect([text.includes(session), text.includes(token), (await stat(file)).mode & 0o777]).toEqual([false, false, 0o600]);

  const after = openAccess(profile, () => day);
  expect(await after.isSession(session)).toBe(true);
  expect(await after.exchange(token)).toBeDefined();
});

test('a session ends after 30 days', async () => {
  let now = 0;
  const access = openAccess(profile, () => now);
  const session = (await access.exchange(await access.issueToken())) ?? '';
  now = 29 * day;
  expect(await access.isSession(session)).toBe(true);
  now = 30 * day;
  expect(await access.isSession(session)).toBe(false);
});

test.each(['', '{', 'null', '[]', '{"sessions":[{"hash":1}]}'])(
  'a record that reads %j opens nothing and is written anew',
  async (text) => {
    await writeFile(join(profile, 'browser-access.json'), text);
    const access = openAccess(profile, () => 0);
    expect(await access.exchange('')).toBeUndefined();
    expect(await access.isSession('')).toBe(false);
    expect(await access.exchange(await access.issueToken())).toBeDefined();
  },
);
