import { expect, test } from 'vitest';
import { type PreflightFacts, preflight } from '../preflight.ts';

const sha = 'a'.repeat(64);

function signature(include: readonly string[], exclude: readonly string[] = [], alg = 'RS256'): object {
  const header = JSON.stringify({ alg, pvs: { exclude, include }, typ: 'PVS' });
  return { '#spec': 'pvs@2', protected: Buffer.from(header).toString('base64url'), signature: 'AAAA' };
}

function told(signatures: Record<string, object>, facts: PreflightFacts): readonly string[] {
  const text = JSON.stringify({ '#spec': 'pantavisor-service-system@1', ...signatures, 'data/a': sha });
  return preflight(text, facts).map(({ severity, rule, key }) => [severity, rule, key ?? ''].join(' ').trim());
}

const all = { '_sigs/all.json': signature(['#spec', 'data/**']) };
const part = { '_sigs/data.json': signature(['data/**']) };
const verdict = (name: string, of: 'valid' | 'broken' | 'untrusted') => [{ name, verdict: of, reason: 'Because.' }];

test('A signature that does not hold is refused in every mode but disabled; audit is no exception', () => {
  const of = (secureboot?: string) => told(all, { signatures: verdict('all', 'broken'), secureboot });
  expect(['disabled', 'audit', 'lenient', 'strict', undefined].map((mode) => of(mode))).toEqual([
    ['notice signature-broken _sigs/all.json'],
    ['refused signature-broken _sigs/all.json'],
    ['refused signature-broken _sigs/all.json'],
    ['refused signature-broken _sigs/all.json'],
    ['fails signature-broken _sigs/all.json'],
  ]);
  expect(told(all, { signatures: verdict('all', 'valid'), secureboot: 'strict' })).toEqual([]);
});

test('What no signature names is refused in strict, logged in audit, and nothing elsewhere', () => {
  const of = (secureboot?: string) => told(part, { secureboot });
  expect(['disabled', 'audit', 'lenient', 'strict', undefined].map((mode) => of(mode))).toEqual([
    [],
    ['notice signature-uncovered #spec'],
    [],
    ['refused signature-uncovered #spec'],
    ['notice signature-uncovered #spec'],
  ]);
  // What a signature leaves out by name counts as seen.
  expect(told({ '_sigs/x.json': signature(['#spec'], ['data/a']) }, { secureboot: 'strict' })).toEqual([]);
  expect([told({}, { secureboot: 'strict' }), told({}, {})]).toEqual([['refused signature-uncovered #spec'], []]);
});

test('A key that nobody here knows may be one that the device trusts', () => {
  const of = (secureboot?: string) => told(all, { signatures: verdict('all', 'untrusted'), secureboot });
  expect([of('disabled'), of('lenient'), of()]).toEqual([
    [],
    ['fails signature-untrusted _sigs/all.json'],
    ['notice signature-untrusted _sigs/all.json'],
  ]);
});

test('What is no signature is passed over; half of one is not', () => {
  expect(told({ '_sigs/a.json': { note: 1 } }, { secureboot: 'lenient' })).toEqual(['notice signature-unreadable _sigs/a.json']);
  const half = { '#spec': 'pvs@2', protected: '???', signature: 'AAAA' };
  expect(told({ '_sigs/a.json': half }, { secureboot: 'lenient' })).toEqual(['refused signature-unreadable _sigs/a.json']);
});

test('An ECDSA signature may not hold on the device, where it looks at all', () => {
  const ecdsa = { '_sigs/all.json': signature(['#spec', 'data/**'], [], 'ES256') };
  const of = (secureboot: string) => told(ecdsa, { signatures: verdict('all', 'valid'), secureboot });
  expect([of('strict'), of('disabled')]).toEqual([['notice signature-ecdsa _sigs/all.json'], []]);
});
