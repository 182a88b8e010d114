import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectPrivateKey, makeKeyPair } from './keys.ts';

const dir = mkdtempSync(join(tmpdir(), 'trailboss-keys-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let made = 0;
/** A key made by OpenSSH itself. */
function opensshKey(type: string, passphrase: string, format: 'OPENSSH' | 'PEM' | 'PKCS8' = 'OPENSSH') {
  made += 1;
  const path = join(dir, `key-${made}`);
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', 'dev@desk', '-f', path]);
  if (format !== 'OPENSSH')
    execFileSync('ssh-keygen', ['-q', '-p', '-m', format, '-P', passphrase, '-N', passphrase, '-f', path], { stdio: 'ignore' });
  return { pem: readFileSync(path, 'utf8'), publicLine: readFileSync(`${path}.pub`, 'utf8').trim(), path };
}

function fingerprintByOpenssh(path: string): string {
  return execFileSync('ssh-keygen', ['-l', '-f', path], { encoding: 'utf8' }).split(' ')[1] ?? '';
}

describe('makeKeyPair', () => {
  it('makes pairs that OpenSSH reads in the same way', () => {
    for (let round = 0; round < 5; round += 1) {
      const pair = makeKeyPair('trailboss@desk');
      const path = join(dir, `made-${round}`);
      writeFileSync(path, pair.privateKey, { mode: 0o600 });
      const publicLine = execFileSync('ssh-keygen', ['-y', '-f', path], { encoding: 'utf8' }).trim();
      expect(publicLine.split(' ').slice(0, 2)).toEqual(pair.publicLine.split(' ').slice(0, 2));
      expect(pair.fingerprint).toBe(fingerprintByOpenssh(path));
      expect(pair.publicLine).toMatch(/^ecdsa-sha2-nistp256 [A-Za-z0-9+/=]+ trailboss@desk$/);
      expect(inspectPrivateKey(pair.privateKey, undefined)).toMatchObject({ kind: 'ready', fingerprint: pair.fingerprint });
    }
  });
});

describe('inspectPrivateKey', () => {
  it.each(['ed25519', 'ecdsa', 'rsa'])('reads an %s key and knows its fingerprint', (type) => {
    const key = opensshKey(type, '');
    const found = inspectPrivateKey(key.pem, undefined);
    expect(found).toMatchObject({ kind: 'ready', fingerprint: fingerprintByOpenssh(key.path), publicLine: key.publicLine });
  });

  it.each(['OPENSSH', 'PEM'] as const)('asks for a passphrase and tells a wrong one (%s)', (format) => {
    const key = opensshKey('rsa', 'open sesame', format);
    expect(inspectPrivateKey(key.pem, undefined)).toEqual({ kind: 'needs-passphrase' });
    expect(inspectPrivateKey(key.pem, '')).toEqual({ kind: 'needs-passphrase' });
    expect(inspectPrivateKey(key.pem, 'close sesame')).toEqual({ kind: 'wrong-passphrase' });
    expect(inspectPrivateKey(key.pem, 'open sesame')).toMatchObject({ kind: 'ready' });
  });

  it('tells a public key, another format and no key at all', () => {
    expect(inspectPrivateKey(opensshKey('ed25519', '').publicLine, undefined)).toEqual({ kind: 'public-only' });
    expect(inspectPrivateKey(opensshKey('rsa', '', 'PKCS8').pem, undefined)).toMatchObject({ kind: 'unreadable' });
    expect(inspectPrivateKey('hello', undefined)).toMatchObject({ kind: 'unreadable' });
    expect(inspectPrivateKey('', 'x')).toMatchObject({ kind: 'unreadable' });
  });
});
