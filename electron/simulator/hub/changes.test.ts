import { expect, test } from 'vitest';
import { EMPTY_STATE, SPEC, startTestHub } from './test-client.ts';

const START = '2023-01-01T00:00:00Z';

test('without a page size: 200 and nothing', async () => {
  const { user } = await startTestHub();
  const reply = await user.get('/changes/devices');
  expect([reply.status, reply.text]).toEqual([200, '']);
  expect((await user.get('/changes/devices?page[size]=many')).body.msg).toBe('page[size] must be valid integer');
  expect((await user.get('/changes/devices?page[size]=5&page[after]=yesterday')).body.msg).toBe('Error parsing time format');
});

test('devices as they are stored: secrets, escaped keys, garbage', async () => {
  let now = 1_700_000_000_000;
  const { user, device } = await startTestHub({ now: () => now });
  const { id, secret } = await device({ userMeta: { 'a.b': 1 } });
  const { body } = await user.get(`/changes/devices?page[size]=5&page[after]=${START}`);
  expect(body.data).toMatchObject([{ id, secret, garbage: false, 'user-meta': { 'a\uFF2Eb': 1 } }]);
  now += 1000;
  await user.call('DELETE', `/devices/${id}`);
  const later = await user.get(`/changes/devices?page[size]=5&page[after]=${body.data[0]['time-modified']}`);
  expect(later.body.data).toMatchObject([{ id, garbage: true }]);
});

test('steps with their states, again with every report of progress', async () => {
  let now = 1_700_000_000_000;
  const { user, device } = await startTestHub({ now: () => now });
  const { id, client } = await device();
  now += 1000;
  const state = { ...SPEC, 'web/run.json': { 'x.y': 1 } };
  await user.call('POST', `/trails/${id}/steps`, { rev: 1, state, 'commit-msg': 'm' });
  const after = new Date(now - 500).toISOString();
  const first = await user.get(`/changes/steps?page[size]=5&page[after]=${after}`);
  expect(first.body.data).toMatchObject([{ rev: 1, state: { 'web/run\uFF2Ejson': { 'x.y': 1 } }, progress: { status: 'NEW' } }]);
  now += 1000;
  await client.call('PUT', `/trails/${id}/steps/1/progress`, { status: 'QUEUED' });
  const second = await user.get(`/changes/steps?page[size]=5&page[after]=${first.body.data[0]['time-modified']}`);
  expect(second.body.data).toMatchObject([{ rev: 1, progress: { status: 'QUEUED' } }]);
  expect((await user.get(`/changes/trails?page[size]=5&page[after]=${after}`)).body.data).toMatchObject([{ id }]);
});

test('pages forwards and backwards; rows of one millisecond are lost at an edge', async () => {
  const { user, device, hub } = await startTestHub();
  const at = [1, 2, 3, 3, 4].map((second) => 1_700_000_000_000 + second * 1000);
  for (const [n, modified] of at.entries()) await device({ nick: `d${n}`, modified });
  const names = (body: { data: { nick: string }[] }) => body.data.map(({ nick }) => nick);
  const first = await user.get(`/changes/devices?page[size]=3&page[after]=${START}`);
  expect(names(first.body)).toEqual(['d0', 'd1', 'd2']);
  expect(first.body.links.next).toBe(`${hub.url}/changes/devices?page[size]=3&page[after]=2023-11-14T22:13:23Z`);
  const next = await user.get(first.body.links.next);
  expect(names(next.body)).toEqual(['d4']);
  const back = await user.get(`/changes/devices?page[size]=2&page[before]=2023-11-14T22:13:22.5Z`);
  expect(names(back.body)).toEqual(['d0', 'd1']);
  const end = await user.get(next.body.links.next);
  expect([end.body.data, end.body.links.next]).toEqual([[], '']);
  expect(end.body.links.prev).toMatch(/page\[before\]=.*\+02:00$/);
});

test('no page is longer than 250', async () => {
  const { user, hub } = await startTestHub();
  const factory = { rev: 0, state: EMPTY_STATE, message: '', progress: { status: 'DONE' } };
  hub.seedDevices(
    Array.from({ length: 260 }, (_, n) => ({ owner: 'user1', nick: `d${n}`, modified: 1_700_000_000_000 + n, steps: [factory] })),
  );
  expect((await user.get(`/changes/devices?page[size]=1000&page[after]=${START}`)).body.data).toHaveLength(250);
});
