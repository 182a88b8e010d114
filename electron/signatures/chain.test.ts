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
