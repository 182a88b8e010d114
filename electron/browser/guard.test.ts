import { expect, test } from 'vitest';
import { refuseRequest, refuseUpgrade } from './guard.ts';

const known = { own: 'http://127.0.0.1:4780' };
const behind = { ...known, behind: 'http://127.0.0.1:5173' };
const host = '127.0.0.1:4780';
const origin = known.own;

test.each([
  ['our own page', 'GET', { host }, undefined],
  ['our own script', 'GET', { host, origin, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }, undefined],
  ['HEAD', 'HEAD', { host }, undefined],
  ['a typed address', 'GET', { host, 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }, undefined],
  ['a link from elsewhere', 'GET', { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, undefined],
  ['a script of another site', 'GET', { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
  ['a page on another port', 'GET', { host, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }, 403],
  ['another origin', 'GET', { host, origin: 'http://127.0.0.1:9999' }, 403],
  ['the opaque origin', 'GET', { host, origin: 'null' }, 403],
  ['a rebound name', 'GET', { host: 'evil.example:4780' }, 421],
  ['a rebound name with our origin', 'GET', { host: 'evil.example:4780', origin }, 421],
  ['a name that only starts like ours', 'GET', { host: '127.0.0.1:4780.evil.example' }, 421],
  ['localhost', 'GET', { host: 'localhost:4780' }, 421],
  ['another port', 'GET', { host: '127.0.0.1' }, 421],
  ['no host', 'GET', {}, 421],
  ['POST', 'POST', { host, origin }, 405],
  ['OPTIONS', 'OPTIONS', { host, origin }, 405],
  ['fetching ahead', 'GET', { host, 'sec-purpose': 'prefetch;prerender' }, 503],
])('a request by %s', (_name, method, headers, status) => {
  expect(refuseRequest({ method, headers }, known)?.status).toBe(status);
});

test.each([
  ['our own page', 'GET', '/rpc', { host, origin }, undefined],
  ['another page', 'GET', '/rpc', { host, origin: 'https://evil.example' }, 403],
  ['no browser', 'GET', '/rpc', { host }, 403],
  ['a rebound name', 'GET', '/rpc', { host: 'evil.example:4780', origin: 'http://evil.example:4780' }, 421],
  ['another path', 'GET', '/other', { host, origin }, 400],
  ['another method', 'POST', '/rpc', { host, origin }, 405],
])('an upgrade by %s', (_name, method, path, headers, status) => {
  expect(refuseUpgrade({ method, path, headers }, known)?.status).toBe(status);
});

test('the dev server before the host is known as well, where there is one', () => {
  const headers = { host: '127.0.0.1:5173', origin: 'http://127.0.0.1:5173' };
  const upgrade = { method: 'GET', path: '/rpc', headers };
  expect([refuseUpgrade(upgrade, behind)?.status, refuseUpgrade(upgrade, known)?.status]).toEqual([undefined, 421]);
});
