import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCallback, type SignInCallback } from './callback.ts';

let callback: SignInCallback;
const never = new AbortController().signal;
beforeEach(async () => {
  callback = await openCallback();
});
afterEach(() => callback.close());

const visit = (query: string, path = '/callback') =>
  fetch(`${callback.redirectUri.replace('localhost', '127.0.0.1').replace('/callback', path)}${query}`);

it('waits at a path and a name that the hub takes', () => {
  expect(callback.redirectUri).toMatch(/^http:\/\/localhost:\d+\/callback$/);
});

it('gives the code that comes with its state, and says that the window can be closed', async () => {
  const code = callback.code('s1', never);
  const page = await visit('?code=c1&state=s1');
  expect([page.status, await page.text()]).toEqual([200, expect.stringMatching(/You can close this window/)]);
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  await expect(code).resolves.toBe('c1');
});

it('works once', async () => {
  const code = callback.code('s1', never);
  await visit('?code=c1&state=s1');
  await code;
  await expect(visit('?code=c2&state=s1')).rejects.toThrow();
});

describe('turns away, and goes on waiting,', () => {
  it.each([
    ['another state', '?code=evil&state=s2', '/callback', 400],
    ['no state', '?code=evil', '/callback', 400],
    ['another path', '?code=evil&state=s1', '/callback/x', 404],
  ])('%s', async (_name, query, path, status) => {
    const code = callback.code('s1', never);
    const page = await visit(query, path);
    expect([page.status, (await page.text()).includes('evil')]).toEqual([status, false]);
    await visit('?code=c1&state=s1');
    await expect(code).resolves.toBe('c1');
  });

  it('another method', async () => {
    const code = callback.code('s1', never);
    const url = `${callback.redirectUri.replace('localhost', '127.0.0.1')}?code=evil&state=s1`;
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
    await visit('?code=c1&state=s1');
    await expect(code).resolves.toBe('c1');
  });
});

it('passes on why the hub refused', async () => {
  const code = callback.code('s1', never);
  const refused = expect(code).rejects.toMatchObject({ code: 'LOGIN_REFUSED', data: { raw: 'access_denied' } });
  expect(await (await visit('?error=access_denied&state=s1')).text()).toMatch(/You were not signed in/);
  await refused;
});

it('is given up when the person gives up', async () => {
  const giveUp = new AbortController();
  const code = callback.code('s1', giveUp.signal);
  giveUp.abort();
  await expect(code).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(visit('?code=c1&state=s1')).rejects.toThrow();
});

it('is given up when nobody comes', async () => {
  const short = await openCallback(20);
  await expect(short.code('s1', never)).rejects.toMatchObject({ code: 'CANCELLED' });
});
