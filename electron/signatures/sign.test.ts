import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { SignatureScope } from '../../shared/contract/signature.ts';
import { coverageOf } from '../../shared/signatures/coverage.ts';
import { stateWith } from '../../shared/signatures/test-signature.ts';
import type { StateDocument } from '../../shared/state/state.ts';
import { keyFile, signedRepo } from './fixture-repos.ts';
import { chainIn, signingKey } from './key-file.ts';
import { stateFrom } from './problems.ts';
import { signatureReport } from './report.ts';
import { wantedOf } from './scope.ts';
import { signState } from './sign.ts';
import { noTrust, trustFromPem } from './trust.ts';

const now = Date.UTC(2026, 10, 1);
const sha = (digit: string) => `"${digit.repeat(64)}"`;
const state = stateWith({ 'os/image': sha('1'), 'os/run.json': '{"n":1.5E0,"name":"os"}', 'web/image': sha('2') });
const os: SignatureScope = { kind: 'part', part: 'os', config: true };
const roots = trustFromPem({ cacerts: keyFile('root.pem') });

function signed(key: string, chain: readonly string[] = [key]): { readonly state: StateDocument; readonly entry: string } {
  const certificates = chain.flatMap((name) => chainIn(keyFile(`${name}.chain.pem`)));
  const made = signState(
    state,
    [wantedOf(os, coverageOf(state))],
    signingKey(keyFile(`${key}.key.pem`), undefined),
    certificates,
    now,
  );
  return { state: made.state, entry: made.entries.get('_sigs/os.json') ?? '' };
}

async function verdict(text: string, trust = roots): Promise<string> {
  const { signatures } = await signatureReport(text, trust, now);
  return signatures.map((one) => `${one.verdict}: ${one.reason}`).join('\n');
}

describe('a signature that was made here', () => {
  test.each(['es256', 'es384', 'rs256'])('%s holds by its chain, by its public key, and not by another root', async (key) => {
    const { text } = signed(key).state;
    expect(await verdict(text)).toMatch(/^valid: Signed by Test Signer .*, whom Test Root CA vouches for\.$/);
    expect(await verdict(text, trustFromPem({ pubkeys: keyFile(`${key}.pub.pem`) }))).toMatch(/^valid/);
    const other = await verdict(text, trustFromPem({ cacerts: keyFile('other-root.pem') }));
    expect(other).toBe('untrusted: It fits, but Test Intermediate CA was signed by nobody who is trusted here.');
    expect(await verdict(signed(key, []).state.text)).toBe(
      'untrusted: It fits the key that it brings itself, and nobody here trusts that key.',
    );
  });

  test.each([
    ['expired', 'Test Signer expired expired on 2021-01-01'],
    ['noeku', 'Test Signer serverAuth is not for signing code'],
  ])('with the certificate %s it is not trusted, and the signer is told', async (key, reason) => {
    expect(await verdict(signed(key).state.text)).toBe(`untrusted: It fits, but ${reason}.`);
    const { warnings } = signState(
      state,
      [wantedOf(os, coverageOf(state))],
      signingKey(keyFile(`${key}.key.pem`), undefined),
      chainIn(keyFile(`${key}.chain.pem`)),
      now,
    );
    expect(warnings).toHaveLength(1);
  });

  test('with RS256, which has no chance in it, it is the very file that pvr writes', async () => {
    const repo = await signedRepo('signed-variants');
    const before = stateFrom(repo.text);
    const again = signState(
      before,
      [wantedOf({ kind: 'again', name: 'nginx' }, coverageOf(before))],
      signingKey(keyFile('rs256.key.pem'), undefined),
      chainIn(keyFile('rs256.chain.pem')),
      now,
    );
    expect(again.entries.get('_sigs/nginx.json')).toBe(repo.files.get('_sigs/nginx.json'));
  });

  test('several at once are made in the order in which they cover each other', async () => {
    const all: SignatureScope = { kind: 'raw', name: 'all', include: ['#spec', '_sigs/**'], exclude: [] };
    const none = coverageOf(state);
    const made = signState(
      state,
      [wantedOf(all, none), wantedOf(os, none)],
      signingKey(keyFile('es256.key.pem'), undefined),
      [],
      now,
    );
    expect([...made.entries.keys()]).toEqual(['_sigs/os.json', '_sigs/all.json']);
    expect(await verdict(made.state.text, trustFromPem({ pubkeys: keyFile('es256.pub.pem') }))).toMatch(/^valid.*\nvalid/);
    const other: SignatureScope = { ...all, name: 'other' };
    expect(() =>
      signState(state, [wantedOf(all, none), wantedOf(other, none)], signingKey(keyFile('es256.key.pem'), undefined), [], now),
    ).toThrow('cover each other');
  });

  test('ES384 is told of, since older devices do not take it', () => {
    const made = signState(state, [wantedOf(os, coverageOf(state))], signingKey(keyFile('es384.key.pem'), undefined), [], now);
    expect(made.warnings).toEqual([expect.stringContaining('ES384')]);
  });

  test('what a device would refuse is told: a pattern that it reads otherwise, a state that is not canonical', () => {
    const warned = (of: StateDocument, include: string) => {
      const raw: SignatureScope = { kind: 'raw', name: 'x', include: [include], exclude: [] };
      return signState(of, [wantedOf(raw, coverageOf(of))], signingKey(keyFile('es256.key.pem'), undefined), [], now).warnings;
    };
    expect(warned(state, 'os/**')).toEqual([]);
    expect(warned(state, '**')).toEqual([expect.stringContaining('reads its patterns otherwise')]);
    expect(warned(stateWith({ 'os/run.json': '{"b":1, "a":2}' }), 'os/**')).toEqual([expect.stringContaining('canonical')]);
  });

  test.each([
    ['a key that is not the certificate’s', () => signed('es256', ['rs256'])],
    [
      'a part without entries',
      () =>
        signState(
          state,
          [wantedOf({ kind: 'part', part: 'nope', config: true }, coverageOf(state))],
          signingKey(keyFile('es256.key.pem'), undefined),
          [],
          now,
        ),
    ],
    ['a signature that is not there', () => wantedOf({ kind: 'again', name: 'os' }, coverageOf(state))],
  ])('%s is refused', (_what, make) => {
    expect(make).toThrow();
  });
});

describe('key files', () => {
  const forms = [
    ['PKCS#8', 'pkcs8'],
    ['SEC1', 'sec1'],
  ] as const;
  test.each(forms)('an encrypted key in %s opens with its passphrase only', (_name, type) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase: 'correct horse' }).toString();
    expect(signingKey(pem, 'correct horse').algorithm).toBe('ES256');
    for (const wrong of [undefined, '', 'wrong'])
      expect(() => signingKey(pem, wrong)).toThrow(expect.objectContaining({ code: 'PASSPHRASE_NEEDED' }));
  });

  test('a PKCS#1 key and one behind EC PARAMETERS are read', () => {
    const rsa = signingKey(keyFile('rs256.key.pem'), undefined).key.export({ type: 'pkcs1', format: 'pem' }).toString();
    expect(signingKey(rsa, undefined).algorithm).toBe('RS256');
    const ec = signingKey(keyFile('es256.key.pem'), undefined).key.export({ type: 'sec1', format: 'pem' }).toString();
    expect(
      signingKey(`-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${ec}`, undefined).algorithm,
    ).toBe('ES256');
  });

  test.each([
    ['P-521', 'P-521'],
    ['secp256k1', 'kind of key'],
  ])('%s is refused with the reason', (namedCurve, reason) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve });
    expect(() => signingKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), undefined)).toThrow(reason);
  });
});

describe('a signature that was tampered with', () => {
  const { state: whole, entry } = signed('es256', []);
  const byKey = trustFromPem({ pubkeys: keyFile('es256.pub.pem') });
  const withEntry = (text: string) => whole.text.replace(entry, text);
  const parts = z.object({ protected: z.string(), signature: z.string() }).parse(JSON.parse(entry));
  const withHeader = (change: (header: Record<string, unknown>) => void, signature = parts.signature) => {
    const header = z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(parts.protected, 'base64url').toString()));
    change(header);
    return JSON.stringify({ '#spec': 'pvs@2', protected: Buffer.from(JSON.stringify(header)).toString('base64url'), signature });
  };

  test('in any character of its header or its signature does not hold', async () => {
    for (const member of ['protected', 'signature'] as const) {
      const text = parts[member];
      for (let at = 0; at < text.length; at += 1) {
        const other = text.charAt(at) === 'A' ? 'B' : 'A';
        const changed = entry.replace(text, `${text.slice(0, at)}${other}${text.slice(at + 1)}`);
        expect(await verdict(withEntry(changed), byKey)).toMatch(/^(broken|unreadable|untrusted)/);
      }
    }
  });

  test('in any byte of what it covers does not hold', async () => {
    const covered = `"os/run.json":{"n":1.5E0,"name":"os"}`;
    expect(whole.text).toContain(covered);
    for (const changed of ['{"n":1.5E0,"name":"ot"}', '{"n":1.6E0,"name":"os"}', '{"name":"os"}', '{"N":1.5E0,"name":"os"}']) {
      expect(await verdict(whole.text.replace(covered, `"os/run.json":${changed}`), byKey)).toMatch(/^broken/);
    }
    expect(await verdict(whole.text.replace(sha('1'), `"${'1'.repeat(63)}0"`), byKey)).toMatch(/^broken/);
  });

  test.each([
    [
      'HS256 with the public key as the secret',
      () => withHeader((header) => Object.assign(header, { alg: 'HS256' }), hmac()),
      'unreadable',
    ],
    ['no algorithm', () => withHeader((header) => Object.assign(header, { alg: 'none' }), 'AAAA'), 'unreadable'],
    ['an empty signature', () => entry.replace(parts.signature, ''), 'unreadable'],
    ['the algorithm of another key', () => withHeader((header) => Object.assign(header, { alg: 'RS256' })), 'broken'],
    ['crit', () => withHeader((header) => Object.assign(header, { crit: ['b64'], b64: false })), 'unreadable'],
    ['b64', () => withHeader((header) => Object.assign(header, { b64: false })), 'unreadable'],
    ['another certificate', () => withHeader((header) => Object.assign(header, { x5c: x5c('rs256') })), 'broken'],
  ])('%s does not hold', async (_what, forged, expected) => {
    expect(await verdict(withEntry(forged()), byKey)).toMatch(new RegExp(`^${expected}`));
    expect(await verdict(withEntry(forged()), noTrust)).not.toMatch(/^valid/);
  });

  test('a stranger’s key in the header is never trusted', async () => {
    const stranger = signed('rs256', []).state.text;
    expect(await verdict(stranger, byKey)).toMatch(/^untrusted/);
    expect(await verdict(stranger, roots)).toMatch(/^untrusted/);
  });

  function hmac(): string {
    return createHmac('sha256', keyFile('es256.pub.pem')).update(parts.protected).digest('base64url');
  }

  function x5c(name: string): readonly string[] {
    return chainIn(keyFile(`${name}.chain.pem`)).map(({ raw }) => raw.toString('base64'));
  }
});
