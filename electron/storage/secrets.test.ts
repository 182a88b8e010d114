import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/contract/errors.ts';
import { type Keyring, noKeyring } from './keyring.ts';
import { SecretStore } from './secrets.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'trailboss-secrets-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const none = noKeyring('there is none here');
const passphrase = 'correct horse battery';
const file = () => join(dir, 'secrets.json');
const open = (keyring: Keyring = none) => new SecretStore(dir, keyring, () => 7);
const bytesOnDisk = () => readdirSync(dir).map((name) => readFileSync(join(dir, name), 'latin1'));
const failing = (code: ErrorCode) => expect.objectContaining({ code });

/** Seals by turning each byte around; `key` stands for the user of this computer. */
function fakeKeyring(key = 0xff): Keyring {
  const turn = (bytes: Uint8Array) => bytes.map((byte) => byte ^ key);
  return {
    available: true,
    encrypt: (text) => turn(new TextEncoder().encode(`sealed ${text}`)),
    decrypt: (bytes) => {
      const text = new TextDecoder().decode(turn(bytes));
      if (!text.startsWith('sealed ')) throw new Error('another key');
      return text.slice(7);
    },
  };
}

async function withPassphrase(): Promise<SecretStore> {
  const store = open();
  await store.choose({ kind: 'passphrase', passphrase });
  store.set('a', 'token-of-a');
  return store;
}

describe('without a keyring', () => {
  it('nothing is kept before somebody chose', () => {
    const store = open();
    expect(store.keeping).toEqual({
      kind: 'undecided',
      keyringAvailable: false,
      keyringReason: 'there is none here',
      locked: false,
    });
    expect(() => store.set('a', 'x')).toThrow(failing('BAD_INPUT'));
    expect(readdirSync(dir)).toEqual([]);
  });

  it('memory keeps secrets until the end, the choice for longer, and no secret on disk', async () => {
    const store = open();
    await store.choose({ kind: 'memory' });
    store.set('a', 'token-of-a');
    expect(store.get('a')).toBe('token-of-a');
    expect(bytesOnDisk().join()).not.toContain('token-of-a');
    const again = open();
    expect([again.keeping.kind, again.get('a')]).toEqual(['memory', undefined]);
  });

  it('a keyring can not be chosen', async () => {
    await expect(open().choose({ kind: 'keyring' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('under a passphrase', () => {
  it('secrets come back with it, and only with it', async () => {
    await withPassphrase();
    const again = open();
    expect([again.keeping, again.get('a')]).toEqual([expect.objectContaining({ kind: 'passphrase', locked: true }), undefined]);
    expect(() => again.set('b', 'x')).toThrow(failing('SECRETS_LOCKED'));
    await expect(again.unlock('another one')).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
    await again.unlock(passphrase);
    expect([again.keeping.locked, again.get('a')]).toEqual([false, 'token-of-a']);
    again.set('b', 'token-of-b');
    const third = open();
    await third.unlock(passphrase.normalize('NFD'));
    expect(third.get('b')).toBe('token-of-b');
  });

  it('the file is for its owner only, costs what it should to guess at, and holds nothing in plain text', async () => {
    await withPassphrase();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const { kept, kdf, cipher } = JSON.parse(readFileSync(file(), 'utf8'));
    expect([kept, kdf.name, kdf.N >= 2 ** 17, kdf.r, cipher.name]).toEqual(['passphrase', 'scrypt', true, 8, 'aes-256-gcm']);
    expect(bytesOnDisk().join()).not.toMatch(/token-of-a|correct horse/);
    expect(readdirSync(dir)).toEqual(['secrets.json']);
  });

  it('each writing has a nonce of its own', async () => {
    const store = await withPassphrase();
    const nonce = () => JSON.parse(readFileSync(file(), 'utf8')).cipher.iv;
    const first = nonce();
    store.set('a', 'token-of-a');
    expect(nonce()).not.toBe(first);
  });

  it('sealed bytes that changed are put aside, with a sentence, and a fresh start is possible', async () => {
    await withPassphrase();
    const content = JSON.parse(readFileSync(file(), 'utf8'));
    content.sealed = Buffer.from(content.sealed, 'base64').reverse().toString('base64');
    writeFileSync(file(), JSON.stringify(content));
    const again = open();
    await expect(again.unlock(passphrase)).rejects.toMatchObject({ code: 'LOCAL_STORAGE' });
    expect(readdirSync(dir)).toEqual(['secrets.json.kept-7']);
    await again.choose({ kind: 'passphrase', passphrase });
    again.set('a', 'new');
    expect(again.get('a')).toBe('new');
  });

  it('a forgotten one is no dead end: the file is put aside sealed', async () => {
    await withPassphrase();
    const again = open();
    await again.choose({ kind: 'memory' });
    expect([again.keeping.kind, again.keeping.locked, again.get('a')]).toEqual(['memory', false, undefined]);
    expect(readdirSync(dir).sort()).toEqual(['secrets.json', 'secrets.json.kept-7']);
  });
});

it.each([
  ['no JSON', '{"format":'],
  [
    'an asked-for cost that would stop the computer',
    '{"format":"trailboss-secrets@1","kept":"passphrase","kdf":{"N":1099511627776}}',
  ],
  ['another format', '{"format":"trailboss-secrets@9","kept":"memory"}'],
])('a damaged file (%s) is put aside and said', (_name, text) => {
  writeFileSync(file(), text);
  const store = open();
  expect([store.keeping.kind, store.keptAside]).toEqual(['undecided', { path: `${file()}.kept-7` }]);
  expect(readFileSync(`${file()}.kept-7`, 'utf8')).toBe(text);
  expect(existsSync(file())).toBe(false);
});

describe('in the keyring', () => {
  it('needs no choice, and seals what is on disk', () => {
    const store = open(fakeKeyring());
    store.set('a', 'token-of-a');
    expect(store.keeping).toEqual({ kind: 'keyring', keyringAvailable: true, locked: false });
    expect(bytesOnDisk().join()).not.toContain('token-of-a');
    expect(open(fakeKeyring()).get('a')).toBe('token-of-a');
  });

  it.each([
    ['is gone', none],
    ['is another one', fakeKeyring(0x55)],
  ])('a keyring that %s leaves the file as it is, and asks anew', async (_name, keyring) => {
    open(fakeKeyring()).set('a', 'token-of-a');
    const before = readFileSync(file());
    const store = open(keyring);
    expect([store.keeping.kind, store.stranded, store.get('a')]).toEqual(['undecided', true, undefined]);
    expect(() => store.set('a', 'x')).toThrow(failing('BAD_INPUT'));
    expect(readFileSync(file())).toEqual(before);
    await store.choose({ kind: 'memory' });
    expect(readFileSync(`${file()}.kept-7`)).toEqual(before);
  });

  it('that refuses says so, and nothing changed', () => {
    const keyring = fakeKeyring();
    const store = open(keyring);
    store.set('a', 'token-of-a');
    const locked = new SecretStore(dir, { ...keyring, encrypt: () => expect.fail('locked') }, () => 7);
    expect(() => locked.set('b', 'x')).toThrow(failing('LOCAL_STORAGE'));
    expect(locked.get('b')).toBeUndefined();
  });
});

it('changing how secrets are kept moves them, each way', async () => {
  const keyring = fakeKeyring();
  const store = open(keyring);
  store.set('a', 'token-of-a');
  await store.choose({ kind: 'passphrase', passphrase });
  const locked = open(keyring);
  await locked.unlock(passphrase);
  expect(locked.get('a')).toBe('token-of-a');
  await locked.choose({ kind: 'keyring' });
  expect(open(keyring).get('a')).toBe('token-of-a');
  await locked.choose({ kind: 'memory' });
  expect([locked.get('a'), open(keyring).get('a')]).toEqual(['token-of-a', undefined]);
  expect(readdirSync(dir)).toEqual(['secrets.json']);
});

it('what is deleted, or not retained, is gone from the file', () => {
  const store = open(fakeKeyring());
  for (const name of ['a', 'b', 'c']) store.set(name, name);
  expect(store.delete('a')).toBe(true);
  store.retain(new Set(['b']));
  const again = open(fakeKeyring());
  expect(['a', 'b', 'c'].map((name) => again.get(name))).toEqual([undefined, 'b', undefined]);
});

it('what is in a file that can not be opened can not be deleted, and that is said', async () => {
  await withPassphrase();
  const again = open();
  expect(again.delete('a')).toBe(false);
  await again.unlock(passphrase);
  again.retain(new Set());
  expect(again.get('a')).toBeUndefined();
});

it('what can not be written is a problem with a sentence', async () => {
  const store = new SecretStore(join(dir, 'none'), none, () => 7);
  await expect(store.choose({ kind: 'memory' })).rejects.toMatchObject({ code: 'LOCAL_STORAGE' });
  expect(store.keeping.kind).toBe('undecided');
});
