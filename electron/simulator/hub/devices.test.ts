import { expect, test } from 'vitest';
import { HEX, signIn, startTestHub } from './test-client.ts';

const nicks = (reply: { body: { nick: string }[] }) => reply.body.map(({ nick }) => nick);

test('the list of one’s own has secrets, one device has none', async () => {
  const { user, device } = await startTestHub();
  const { id, secret } = await device();
  expect((await user.get('/devices/')).body).toMatchObject([{ id, secret }]);
  expect((await user.get(`/devices/${id}`)).body).not.toHaveProperty('secret');
  expect((await user.get('/devices/kitchen')).body).toMatchObject({ id, 'owner-nick': 'user1' });
});

test('every parameter of the list is a filter', async () => {
  const { user, device } = await startTestHub();
  await device({ nick: 'Alpha', userMeta: { room: 'a', 'dotted.key': 'x' } });
  await device({ nick: 'alpine' });
  await device({ nick: 'beta', public: true });
  expect(nicks(await user.get('/devices/?nick=%5Eal'))).toEqual(['Alpha', 'alpine']);
  expect(nicks(await user.get('/devices/?nick=%5E.*a$'))).toEqual(['Alpha', 'beta']);
  expect(nicks(await user.get('/devices/?nick=!beta'))).toEqual(['Alpha', 'alpine']);
  expect(nicks(await user.get('/devices/?nick=beta'))).toEqual(['beta']);
  expect(nicks(await user.get('/devices/?user-meta.room=a'))).toEqual(['Alpha']);
  expect(nicks(await user.get('/devices/?ispublic=true'))).toEqual([]);
  expect(nicks(await user.get('/devices/?nocache=1'))).toEqual([]);
  expect((await user.get('/devices/?nick=%5E(')).status).toBe(403);
});

test('of others only the public ones are shown, without secrets and metas', async () => {
  const { other, user, device } = await startTestHub();
  const { id } = await device({ nick: 'open', public: true, userMeta: { a: 1 } });
  await device({ nick: 'closed' });
  for (const query of ['owner-nick=user1', `owner=${(await user.get('/auth/')).body.prn}`]) {
    const listed = await other.get(`/devices/?${query}`);
    expect(listed.body).toMatchObject([{ id, nick: 'open', 'user-meta': {} }]);
    expect(listed.body[0]).not.toHaveProperty('secret');
  }
  expect((await other.get('/devices/closed?owner-nick=user1')).status).toBe(404);
  expect((await other.get('/devices/np/user1/open')).body.id).toBe(id);
  expect((await other.get('/devices/np/user1/closed')).status).toBe(403);
  expect((await other.get('/devices/?owner-nick=nobody')).status).toBe(403);
});

test('statuses say little: unknown nick 400, no hex 500, unclaimed and foreign 403', async () => {
  const { user, other, anyone, device } = await startTestHub();
  const { id } = await device();
  const unclaimed = (await anyone.call('POST', '/devices/', {})).body;
  expect((await user.get('/devices/nobody')).status).toBe(400);
  expect((await user.call('PATCH', '/devices/kitchen', { nick: 'x' })).status).toBe(500);
  expect((await user.get(`/devices/${unclaimed.id}`)).status).toBe(403);
  expect((await other.get(`/devices/${id}`)).status).toBe(403);
  expect((await user.get(`/devices/${HEX}`)).status).toBe(404);
});

test('a claim needs the challenge in the query, gives a nick, and answers with the secret', async () => {
  const { user, other, anyone } = await startTestHub();
  const { id, secret, challenge, nick } = (await anyone.call('POST', '/devices/', {})).body;
  expect(nick).toMatch(/^__unregistered__/);
  expect((await user.call('PUT', `/devices/${id}`, { challenge })).status).toBe(403);
  expect((await user.call('PUT', `/devices/${id}?challenge=wrong`)).status).toBe(403);
  const claimed = await user.call('PUT', `/devices/${id}?challenge=${challenge}`);
  expect(claimed.body).toMatchObject({ secret, owner: expect.stringMatching(/^prn:::accounts:/) });
  expect(claimed.body.nick).not.toMatch(/^__unregistered__/);
  expect((await other.call('PUT', `/devices/${id}?challenge=${challenge}`)).status).toBe(403);
  expect((await user.call('PUT', `/devices/${id}`)).status).toBe(200);
  expect((await user.call('PUT', `/devices/${HEX}?challenge=x`)).status).toBe(404);
  expect((await user.call('PUT', '/devices/nohex?challenge=x')).status).toBe(500);
});

test('a device keeps the owner of its login until it logs in again', async () => {
  const { hub, user, anyone } = await startTestHub();
  const { id, secret, challenge } = (await anyone.call('POST', '/devices/', {})).body;
  const early = await signIn(hub, `prn:::devices:/${id}`, secret);
  const { owner } = (await user.call('PUT', `/devices/${id}?challenge=${challenge}`)).body;
  expect((await early.get('/auth/auth_status')).body.owner).toBe('');
  const late = await signIn(hub, `prn:::devices:/${id}`, secret);
  expect((await late.get('/auth/auth_status')).body.owner).toBe(owner);
});

test('a device with a join token is owned at once', async () => {
  const { user, anyone } = await startTestHub();
  const made = await user.call('POST', '/devices/tokens', { nick: 'line', 'default-user-meta': { 'a.b': 1 } });
  const header = { 'Pantahub-Devices-Auto-Token-V1': made.body.token };
  const joined = await anyone.call('POST', '/devices/', {}, header);
  expect(joined.body).toMatchObject({ owner: made.body.owner, 'user-meta': { 'a.b': 1 } });
  expect(joined.body).not.toHaveProperty('challenge');
  expect((await user.get('/devices/tokens')).body).toMatchObject([{ nick: 'line', disabled: false }]);
  await user.call('DELETE', `/devices/tokens/${made.body.id}`);
  expect((await anyone.call('POST', '/devices/', {}, header)).status).toBe(400);
});

test('PATCH heeds the nick alone; a taken one is a 403, a bad one a 400; keys stay escaped', async () => {
  const { user, other, device } = await startTestHub();
  const { id } = await device({ nick: 'one', deviceMeta: { 'pantavisor.version': '1' } });
  await device({ nick: 'two' });
  const renamed = await user.call('PATCH', `/devices/${id}`, { nick: 'three', public: true });
  expect(renamed.body).toMatchObject({ nick: 'three', public: false, 'device-meta': { 'pantavisor\uFF2Eversion': '1' } });
  expect((await user.call('PATCH', `/devices/${id}`, { nick: 'two' })).status).toBe(403);
  expect((await user.call('PATCH', `/devices/${id}`, { nick: 'no blanks' })).status).toBe(400);
  expect((await other.call('PATCH', `/devices/${id}`, { nick: 'mine' })).status).toBe(403);
});

test('making a device public answers with its secret and escaped keys', async () => {
  const { user, other, device } = await startTestHub();
  const { id, secret, client } = await device({ userMeta: { 'a.b': 1 } });
  expect((await user.call('PUT', `/devices/${id}/public`)).body).toMatchObject({
    public: true,
    secret,
    'user-meta': { 'a\uFF2Eb': 1 },
  });
  expect((await user.call('DELETE', `/devices/${id}/public`)).body.public).toBe(false);
  expect((await other.call('PUT', `/devices/${id}/public`)).status).toBe(403);
  expect((await client.call('PUT', `/devices/${id}/public`)).status).toBe(403);
});

test('deleting: garbage, its nick stays taken; someone else’s is shown in full and stays', async () => {
  const { user, other, hub, device } = await startTestHub();
  const { id, secret } = await device();
  const foreign = await other.call('DELETE', `/devices/${id}`);
  expect([foreign.status, foreign.body.garbage, foreign.body.secret]).toEqual([200, false, secret]);
  hub.faults.set('gc-unreachable');
  expect((await user.call('DELETE', `/devices/${id}`)).status).toBe(500);
  hub.faults.clear();
  expect((await user.call('DELETE', `/devices/${id}`)).body).toMatchObject({ garbage: true, secret });
  expect((await user.get('/devices/')).body).toEqual([]);
  expect((await user.get(`/trails/${id}/steps`)).status).toBe(500);
  const again = await user.call('POST', '/devices/', { nick: 'kitchen' });
  expect([again.status, again.body.msg]).toEqual([409, 'device already exists']);
});
