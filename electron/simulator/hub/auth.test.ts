import { expect, test } from 'vitest';
import { claimsIn, clientOf, signIn, startTestHub } from './test-client.ts';

test('a login by nick, e-mail or prn gives an RS256 token short enough for a device', async () => {
  const { hub, user } = await startTestHub();
  const { prn } = (await user.get('/auth/')).body;
  for (const name of ['user1', 'user1@example.com', prn]) {
    const { token } = await signIn(hub, name, 'user1');
    expect(claimsIn(token)).toMatchObject({ id: name, nick: 'user1', prn, roles: 'user', type: 'USER' });
    expect(token?.length).toBeLessThan(1024);
  }
});

test('a wrong password is a 401 without a challenge', async () => {
  const { anyone } = await startTestHub();
  const reply = await anyone.call('POST', '/auth/login', { username: 'user1', password: 'wrong' });
  expect([reply.status, reply.headers.has('www-authenticate')]).toEqual([401, false]);
  expect(reply.body.error).toMatch(/^REST-ERR-ID/);
});

test('a right password that looks like a token’s secret gets an empty token with 200', async () => {
  const password = Buffer.from('nobody:knows').toString('base64');
  const { anyone } = await startTestHub({ accounts: [...others(), { nick: 'odd', email: 'odd@example.com', password }] });
  const reply = await anyone.call('POST', '/auth/login', { username: 'odd', password });
  expect([reply.status, reply.body]).toEqual([200, { token: '' }]);
});

test('a token ends, and a refresh in time gives another until a day after the login', async () => {
  let now = Date.now();
  const { user } = await startTestHub({ now: () => now });
  const { orig_iat } = claimsIn(user.token);
  now += 59 * 60_000;
  const refreshed = await user.call('GET', '/auth/login');
  expect(claimsIn(refreshed.body.token)).toMatchObject({ orig_iat, exp: Math.floor(now / 1000) + 3600 });
  now += 2 * 60_000;
  expect((await user.get('/auth/auth_status')).status).toBe(401);
  expect((await user.get('/auth/login')).status).toBe(401);
});

test('no refresh once the login is a day old', async () => {
  let now = Date.now();
  const { hub, user } = await startTestHub({ now: () => now });
  let { token } = user;
  for (let hours = 0; hours < 24; hours += 0.9) {
    now += 0.9 * 3600_000;
    const reply = await clientOf(hub.url, token).get('/auth/login');
    if (reply.status !== 200) break;
    token = reply.body.token;
  }
  expect((await clientOf(hub.url, token).get('/auth/login')).status).toBe(401);
  expect(now / 1000 - Number(claimsIn(token).orig_iat)).toBeGreaterThan(86_400);
});

test('tokens can be made to end within fractions of a minute', async () => {
  let now = 1_700_000_000_400;
  const { user } = await startTestHub({ now: () => now, jwtMinutes: 0.01 });
  expect((await user.get('/auth/auth_status')).status).toBe(200);
  now += 700;
  expect((await user.get('/auth/auth_status')).status).toBe(401);
});

test('ended sessions are refused, those of others and later ones hold', async () => {
  const { hub, user, other } = await startTestHub();
  hub.endSessions('user1');
  expect((await user.get('/devices/')).status).toBe(401);
  expect((await other.get('/devices/')).status).toBe(200);
  expect((await (await signIn(hub, 'user1')).get('/devices/')).status).toBe(200);
  hub.endSessions();
  expect((await other.get('/devices/')).status).toBe(401);
});

test('an API token logs in by its name for five minutes, as SESSION, and can be refreshed to an hour', async () => {
  const { hub, user, anyone } = await startTestHub();
  const scopes = ['prn:pantahub.com:apis:/base/all'];
  const made = await user.call('POST', '/tokens/', { name: 'my computer', scopes });
  expect(made.body).toMatchObject({ name: 'my computer', type: 'SESSION', scopes, deleted: false, secret: expect.any(String) });
  const login = await anyone.call('POST', '/auth/login', { username: 'my computer', password: made.body.secret });
  const claims = claimsIn(login.body.token);
  expect(claims).toMatchObject({
    id: 'my computer',
    nick: 'my computer',
    prn: made.body.owner,
    type: 'SESSION',
    roles: 'session',
  });
  expect(Number(claims.exp) - Number(claims.orig_iat)).toBe(300);
  const session = clientOf(hub.url, login.body.token);
  const refreshed = claimsIn((await session.get('/auth/login')).body.token);
  expect(Number(refreshed.exp) - Number(refreshed.orig_iat)).toBe(3600);
  expect((await session.get('/devices/')).status).toBe(200);
  expect((await session.call('POST', '/tokens/', { scopes })).status).toBe(403);
});

test('the list of API tokens has no secrets; a deleted one logs in no more, what it gave out holds', async () => {
  const { hub, user, anyone } = await startTestHub();
  const made = (await user.call('POST', '/tokens/', { name: 't', scopes: ['prn:pantahub.com:apis:/base/all'] })).body;
  const session = await signIn(hub, 't', made.secret);
  const listed = await user.get('/tokens/');
  expect(listed.body).toMatchObject({ total: 1, items: [{ id: made.id, name: 't' }] });
  expect(listed.text).not.toContain(made.secret);
  expect((await user.call('DELETE', `/tokens/${made.id}`)).body).toEqual({ success: true });
  expect((await anyone.call('POST', '/auth/login', { username: 't', password: made.secret })).status).toBe(401);
  expect((await session.get('/devices/')).status).toBe(200);
  expect((await user.get('/tokens/')).body.items).toEqual([]);
});

test('a short scope is a panic, a name that is taken a 500 with a message', async () => {
  const { user } = await startTestHub();
  const short = await user.call('POST', '/tokens/', { name: 'a', scopes: ['devices'] });
  expect([short.status, short.body]).toEqual([500, { Error: 'Internal Server Error' }]);
  const full = { name: 'a', scopes: ['prn:pantahub.com:apis:/base/devices'] };
  expect((await user.call('POST', '/tokens/', full)).status).toBe(200);
  expect((await user.call('POST', '/tokens/', full)).body.msg).toBe('token name is already taken');
});

test('a missing scope is a 403 with a challenge of its own', async () => {
  const { hub } = await startTestHub();
  const reader = await signIn(hub, 'user1', 'user1', 'devices.readonly');
  expect((await reader.get('/devices/')).status).toBe(200);
  const refused = await reader.get('/trails/');
  expect(refused.status).toBe(403);
  expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer Realm=.*ph-aeps=.*scope=.*error="insufficient_scope"/);
  expect((await reader.get('/logs/')).status).toBe(200);
});

test('anyone may be anonymous, read only', async () => {
  const { hub } = await startTestHub();
  const name = 'prn:pantahub.com:auth:/anon';
  const anonymous = await signIn(hub, name, '', 'devices.readonly objects.readonly trails.readonly');
  expect(claimsIn(anonymous.token)).toMatchObject({ type: 'USER', scopes: expect.stringContaining('/base/trails.readonly') });
  expect((await anonymous.get('/devices/')).body).toEqual([]);
  expect((await anonymous.call('POST', '/devices/', {})).status).toBe(403);
});

test('a new account cannot log in before it is verified, and a name can be had once', async () => {
  const { anyone } = await startTestHub();
  const account = { nick: 'newcomer', email: 'new@example.com', password: 'secret' };
  expect((await anyone.call('POST', '/auth/accounts', account)).body).toMatchObject({ nick: 'newcomer', type: 'USER' });
  expect((await anyone.call('POST', '/auth/login', { username: 'newcomer', password: 'secret' })).status).toBe(401);
  const again = await anyone.call('POST', '/auth/accounts', account);
  expect([again.status, again.body.msg]).toEqual([412, 'Email or Nick already in use']);
});

function others() {
  return ['user1', 'user2'].map((nick) => ({ nick, email: `${nick}@example.com`, password: nick }));
}
