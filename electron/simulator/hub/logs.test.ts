import { expect, test } from 'vitest';
import type { SeedLog } from './index.ts';
import { HEX, startTestHub } from './test-client.ts';

const line = (n: number, more: Partial<SeedLog> = {}): SeedLog => ({
  ...{ rev: '1', plat: 'pantavisor', src: 'pantavisor.log', lvl: 'INFO', msg: `line ${n}`, tsec: 1000 + n },
  ...more,
});
const lines = [line(1), line(2, { lvl: 'ERROR' }), line(3, { rev: '2' }), line(4, { plat: 'web' }), line(5)];
const messages = (reply: { body: { entries?: { msg: string }[] } }) =>
  reply.body.entries?.map(({ msg }) => msg.slice(5)).join('');

test('entries by level, revision, container, time of arrival, page and order', async () => {
  const { user, device } = await startTestHub();
  await device({ logs: lines });
  const asked = async (query: string) => messages(await user.get(`/logs/?sort=time-created&${query}`));
  expect(await asked('')).toBe('12345');
  expect(await asked('lvl=ERROR,WARN')).toBe('2');
  expect(await asked('rev=2')).toBe('3');
  expect(await asked('plat=web,other')).toBe('4');
  expect(await asked('start=1&page=2')).toBe('23');
  expect(await asked('after=1970-01-01T00:16:43Z')).toBe('45');
  expect(await asked('before=1970-01-01T00:16:43Z')).toBe('12');
  expect(messages(await user.get('/logs/?sort=-tsec'))).toBe('54321');
  expect((await user.get('/logs/?after=yesterday')).status).toBe(400);
});

test('without sort there is no order', async () => {
  const { user, device } = await startTestHub();
  await device({ logs: lines });
  const unsorted = messages(await user.get('/logs/'));
  expect(unsorted).not.toBe('12345');
  expect([...(unsorted ?? '')].toSorted().join('')).toBe('12345');
});

test('a page without entries has none at all', async () => {
  const { user } = await startTestHub();
  expect((await user.get('/logs/')).body).toEqual({ start: 0, page: 0, count: 0 });
});

test('a device that nobody knows is no filter: the logs of all are shown', async () => {
  const { user, device } = await startTestHub();
  const { id } = await device({ nick: 'a', logs: [line(1)] });
  await device({ nick: 'b', logs: [line(2)] });
  const asked = async (dev: string) => messages(await user.get(`/logs/?sort=tsec&dev=${dev}`));
  expect(await asked('a')).toBe('1');
  expect(await asked(id)).toBe('1');
  expect(await asked(`prn:::devices:/${id},${HEX}`)).toBe('1');
  expect(await asked(HEX)).toBe('12');
  expect(await asked('nobody')).toBe('12');
});

test('a cursor goes through all pages once, to empty ones', async () => {
  let now = 1_700_000_000_000;
  const { user, other, device } = await startTestHub({ now: () => now });
  await device({ logs: lines });
  const first = await user.get('/logs/?sort=time-created&page=2&cursor=true');
  expect([messages(first), first.body.count]).toEqual(['12', 2]);
  const go = (cursor: string, client = user) => client.call('POST', '/logs/cursor', { 'next-cursor': cursor });
  const second = await go(first.body['next-cursor']);
  expect(messages(second)).toBe('34');
  expect((await go(second.body['next-cursor'], other)).status).toBe(403);
  expect(messages(await go(second.body['next-cursor']))).toBe('5');
  const end = await go(second.body['next-cursor']);
  expect([end.body.count, end.body.entries]).toEqual([0, undefined]);
  now += 61_000;
  expect((await go(end.body['next-cursor'])).status).toBe(500);
  now += 60_000;
  expect((await go(end.body['next-cursor'])).status).toBe(403);
});

test('a device posts one entry or many; zeros and empty texts are left out when they are read', async () => {
  const { user, device } = await startTestHub();
  const { id, client } = await device();
  expect((await client.call('POST', '/logs/', { msg: 'one', tsec: 5, rev: '3' })).body).toEqual({ status: 'ok' });
  expect((await client.call('POST', '/logs/', [{ msg: 'two', tsec: 6 }])).status).toBe(200);
  expect((await client.call('POST', '/logs/', [{ msg: 'three', rev: 3 }])).status).toBe(400);
  expect((await user.call('POST', '/logs/', [])).status).toBe(403);
  expect((await client.get('/logs/')).status).toBe(403);
  const { entries } = (await user.get('/logs/?sort=tsec')).body;
  expect(entries).toMatchObject([
    { msg: 'one', lvl: 'INFO', rev: '3', dev: `prn:::devices:/${id}` },
    { msg: 'two', lvl: 'INFO' },
  ]);
  expect(entries[0]['time-created']).toMatch(/\+02:00$/);
  expect(entries[1]).not.toHaveProperty('rev');
  expect(entries[1]).not.toHaveProperty('tnano');
});
