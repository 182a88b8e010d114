import { expect, test } from 'vitest';
import type { RendererFiles } from '../renderer-files.ts';
import { isAppAddress, rendererProtocol } from './renderer-protocol.ts';

const files: RendererFiles = {
  read: async (pathname) =>
    pathname === '/'
      ? { body: Buffer.from('start'), contentType: 'text/html; charset=utf-8', cacheControl: 'no-store' }
      : undefined,
};

const ask = (url: string, method = 'GET') => rendererProtocol(files)(new Request(url, { method }));

test('the page comes with a strict policy and its own type', async () => {
  const response = await ask('trailboss://app/');
  expect([response.status, await response.text(), response.headers.get('content-type')]).toEqual([
    200,
    'start',
    'text/html; charset=utf-8',
  ]);
  const policy = response.headers.get('content-security-policy')?.split('; ');
  expect(policy).toEqual([
    "default-src 'self'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
});

test.each([
  ['trailboss://app/missing.js', 'GET', 404],
  ['trailboss://other/', 'GET', 404],
  ['trailboss://app/', 'POST', 405],
])('%s by %s is %i', async (url, method, status) => {
  const response = await ask(url, method);
  expect([response.status, response.headers.get('x-content-type-options')]).toEqual([status, 'nosniff']);
});

test.each([
  ['trailboss://app/', true],
  ['trailboss://app/#/device/7', true],
  ['TRAILBOSS://app/x', true],
  ['trailboss://app@evil.example/', false],
  ['trailboss://app:80/', false],
  ['trailboss://appx/', false],
  ['https://app/', false],
  ['', false],
])('%j is an address of ours: %s', (address, ours) => {
  expect(isAppAddress(address)).toBe(ours);
});
