import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verifyChain } from './chain.ts';

const now = Date.UTC(2030, 0, 1);
const pem = (name: string) => new X509Certificate(readFileSync(new URL(`fixtures/renewed/${name}.pem`, import.meta.url)));
const [leaf, code, web] = [pem('leaf'), pem('root-code'), pem('root-web')];

test('of two roots with one name and one key, the one that may vouch for code is enough, whichever was added first', () => {
  expect(verifyChain([leaf], [code], now).ok).toBe(true);
  expect(verifyChain([leaf], [web, code], now).ok).toBe(true);
  expect(verifyChain([leaf], [code, web], now).ok).toBe(true);
  expect(verifyChain([leaf], [web], now)).toEqual({ ok: false, reason: 'Renewed root is not for signing code' });
});

test('a leaf that is trusted vouches for itself alone', () => {
  expect(verifyChain([leaf], [leaf], now).ok).toBe(true);
  expect(verifyChain([code], [leaf], now).ok).toBe(false);
});

test('a root that is no authority vouches for nobody but itself', () => {
  const [root, signer] = [pem('no-authority'), pem('leaf-of-none')];
  expect(verifyChain([signer], [root], now)).toEqual({ ok: false, reason: 'No authority is no certificate authority' });
  expect(verifyChain([signer, root], [root], now).ok).toBe(false);
});

test('a certificate with a critical extension that nobody here knows is not relied on', () => {
  expect(verifyChain([pem('leaf-strange')], [code], now)).toEqual({
    ok: false,
    reason: 'Signer of both has a critical extension that is not understood',
  });
});
