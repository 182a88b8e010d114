import { expect, test } from 'vitest';
import { ACCOUNTS, startTestHub } from './test-client.ts';

const globalMeta = { 'ssh.keys': 'global', zone: 'home' };
const withGlobalMeta = { accounts: ACCOUNTS.map((account) => ({ ...account, globalMeta })) };

test('user-meta is read merged with the account’s, and listed without', async () => {
  const { user, device } = await startTestHub(withGlobalMeta);
  const { id, client } = await device({ userMeta: { zone: 'attic', 'a.b': 1 } });
  const merged = { 'ssh.keys': 'global', zone: 'attic', 'a.b': 1 };
  expect((await user.get(`/devices/${id}/user-meta`)).body).toEqual(merged);
  expect((await user.get(`/devices/${id}`)).body['user-meta']).toEqual(merged);
  expect((await client.get(`/devices/${id}/user-meta`)).body).toEqual(merged);
  expect((await user.get('/devices/')).body[0]['user-meta']).toEqual({ zone: 'attic', 'a.b': 1 });
});

test('PATCH merges, answers the patch alone, and keeps null; PUT replaces', async () => {
  const { user, other, device } = await startTestHub();
  const { id } = await device({ userMeta: { a: 1, 'b.c': 2 } });
  expect((await user.call('PATCH', '/devices/kitchen/user-meta', { a: null, d: 4 })).body).toEqual({ a: null, d: 4 });
  expect((await user.get(`/devices/${id}/user-meta`)).body).toEqual({ a: null, 'b.c': 2, d: 4 });
  expect((await user.call('PUT', `/devices/${id}/user-meta`, { e: 5 })).body).toEqual({ e: 5 });
  expect((await user.get(`/devices/${id}/user-meta`)).body).toEqual({ e: 5 });
  expect((await user.call('PUT', '/devices/kitchen/user-meta', {})).status).toBe(500);
  expect((await other.call('PUT', `/devices/${id}/user-meta`, {})).status).toBe(404);
  expect((await other.call('PATCH', `/devices/${id}/user-meta`, {})).status).toBe(400);
});

test('device-meta is the device’s; its PATCH does not escape dots', async () => {
  const { user, device } = await startTestHub();
  const { id, client } = await device();
  expect((await user.call('PUT', `/devices/${id}/device-meta`, {})).status).toBe(400);
  expect((await client.call('PUT', `/devices/${id}/device-meta`, { 'a.b': 1, c: 2 })).body).toEqual({ status: 'ok' });
  await client.call('PATCH', `/devices/${id}/device-meta`, { 'a.b': null, c: null, 'd.e': 3 });
  const stored = (await user.call('PUT', `/devices/${id}/public`)).body['device-meta'];
  expect(stored).toEqual({ 'a\uFF2Eb': 1, 'd.e': 3 });
  expect((await user.get(`/devices/${id}`)).body['device-meta']).toEqual({ 'a.b': 1, 'd.e': 3 });
});

test('the account’s meta is replaced as a whole', async () => {
  const { user } = await startTestHub(withGlobalMeta);
  expect((await user.get('/profiles/config/meta')).body).toEqual({ 'ssh.keys': 'global', zone: 'home' });
  expect((await user.call('PUT', '/profiles/config/meta', { 'x.y': 1 })).body).toEqual({ 'x.y': 1 });
  expect((await user.get('/profiles/config/meta')).body).toEqual({ 'x.y': 1 });
});
