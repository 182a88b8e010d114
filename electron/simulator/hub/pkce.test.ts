import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { claimsIn, clientOf, startTestHub, type TestHub } from './test-client.ts';

const VERIFIER = 'a-verifier-that-is-long-enough-to-be-one-of-pkce';
const CALLBACK = 'http://127.0.0.1:41234/callback';

function query(more: Record<string, string> = {}): string {
  return new URLSearchParams({
    client_id: 'trailboss',
    redirect_uri: CALLBACK,
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    state: 'some-state',
    ...more,
  }).toString();
}

/** As a browser: from the authorize URL to the page, through the form, to the callback. */
async function signInByForm({ anyone, hub }: TestHub, password: string, more: Record<string, string> = {}) {
  const start = await anyone.get(`/auth/oauth/authorize?${query(more)}`);
  const page = new URL(start.headers.get('location') ?? '');
  const cookie = start.headers.getSetCookie().map((each) => each.split(';')[0]);
  expect((await anyone.get(page.href)).text).toContain('<form method="post"');
  const form = new URLSearchParams(page.search);
  form.set('username', 'user1');
  form.set('password', password);
  return fetch(`${hub.url}/oauth2/authorize`, {
    method: 'POST',
    body: form,
    headers: { Cookie: cookie.join('; ') },
    redirect: 'manual',
  });
}

const exchange = (code: string, more: object = {}) => ({
  ...{ grant_type: 'authorization_code', 'access-code': code, code_verifier: VERIFIER, redirect_uri: CALLBACK },
  ...more,
});

test('a browser signs in and the program gets a token of five minutes that can be refreshed', async () => {
  const test = await startTestHub();
  const back = new URL((await signInByForm(test, 'user1')).headers.get('location') ?? '');
  expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([CALLBACK, 'some-state']);
  const code = back.searchParams.get('code') ?? '';
  const reply = await test.anyone.call('POST', '/auth/oauth/token', exchange(code));
  expect(reply.body).toMatchObject({ token_type: 'bearer' });
  const claims = claimsIn(reply.body.token);
  expect(claims).toMatchObject({ type: 'USER', nick: 'user1' });
  expect(Number(claims.exp) - Number(claims.orig_iat)).toBe(300);
  expect((await clientOf(test.hub.url, reply.body.token).get('/auth/login')).status).toBe(200);
  const again = await test.anyone.call('POST', '/auth/oauth/token', exchange(code));
  expect([again.status, again.body.msg]).toEqual([400, 'Authorization code is invalid or expired']);
});

test('a wrong password shows the form again', async () => {
  const reply = await signInByForm(await startTestHub(), 'wrong');
  expect([reply.status, await reply.text()]).toEqual([401, expect.stringContaining('Wrong user name or password.')]);
});

test('another verifier, another redirect URI, a code as `code`: 400', async () => {
  const test = await startTestHub();
  const back = new URL((await signInByForm(test, 'user1')).headers.get('location') ?? '');
  const code = back.searchParams.get('code') ?? '';
  const message = async (body: object) => (await test.anyone.call('POST', '/auth/oauth/token', body)).body.msg;
  expect(await message(exchange(code, { code_verifier: 'another' }))).toBe('Code verifier is invalid');
  expect(await message(exchange(code, { redirect_uri: 'http://127.0.0.1:1/callback' }))).toMatch(/redirect_uri does not match/);
  expect(await message({ ...exchange(''), code })).toBe('Authorization code is invalid or expired');
  expect(await message(exchange(code, { grant_type: 'password' }))).toBe('The grant type is not supported');
});

test('a code ends after five minutes', async () => {
  let now = Date.now();
  const test = await startTestHub({ now: () => now });
  const back = new URL((await signInByForm(test, 'user1')).headers.get('location') ?? '');
  now += 301_000;
  const reply = await test.anyone.call('POST', '/auth/oauth/token', exchange(back.searchParams.get('code') ?? ''));
  expect(reply.body.msg).toBe('Authorization code already used or expired');
});

test('where the callback is not /callback on this computer, the code is one that cannot be exchanged', async () => {
  const test = await startTestHub();
  const elsewhere = 'http://127.0.0.1:41234/elsewhere';
  const back = new URL((await signInByForm(test, 'user1', { redirect_uri: elsewhere })).headers.get('location') ?? '');
  const code = back.searchParams.get('code') ?? '';
  expect(claimsIn(code)).toMatchObject({ approver_nick: 'user1', exp: expect.stringContaining('T') });
  const reply = await test.anyone.call('POST', '/auth/oauth/token', exchange(code, { redirect_uri: elsewhere }));
  expect(reply.status).toBe(400);
});

test('older hubs do not have it', async () => {
  const { anyone } = await startTestHub({ pkce: false });
  expect((await anyone.get(`/auth/oauth/authorize?${query()}`)).status).toBe(404);
  expect((await anyone.call('POST', '/auth/oauth/token', exchange('x'))).status).toBe(404);
});

test('a token for an application ends with a text, and cannot be refreshed', async () => {
  const { hub, user } = await startTestHub();
  const made = await user.call('POST', '/auth/authorize', {
    service: 's',
    scopes: 'prn:pantahub.com:apis:/base/all',
    redirect_uri: 'x',
  });
  expect(claimsIn(made.body.token).exp).toMatch(/^\d{4}-/);
  const client = clientOf(hub.url, made.body.token);
  expect((await client.get('/devices/')).status).toBe(200);
  expect((await client.get('/auth/login')).status).toBe(500);
});
