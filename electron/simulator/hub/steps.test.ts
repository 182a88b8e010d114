import { expect, test } from 'vitest';
import { stateSha } from '../../../shared/state/canonical.ts';
import { EMPTY_STATE, HEX, SPEC, startTestHub } from './test-client.ts';

const ALL = 'progress.status=%7B%22%24ne%22%3A%22%22%7D';
const revs = (reply: { body: { rev: number }[] }) => reply.body.map(({ rev }) => rev);
const step = (rev: number, status: string) => ({ rev, state: EMPTY_STATE, message: `r${rev}`, progress: { status } });
const some = [step(0, 'DONE'), step(1, 'ERROR'), step(2, 'DONE'), step(3, 'NEW'), step(4, 'NEW')];

test('which steps are shown without being asked for depends on who asks and on the device', async () => {
  const { user, other, device } = await startTestHub();
  const { id, client } = await device({ steps: some });
  expect(revs(await user.get(`/trails/${id}/steps`))).toEqual([1, 3, 4]);
  expect(revs(await client.get(`/trails/${id}/steps`))).toEqual([3]);
  expect(revs(await user.get(`/trails/${id}/steps?${ALL}`))).toEqual([0, 1, 2, 3, 4]);
  expect(revs(await client.get(`/trails/${id}/steps?progress.status=%7B%22%24in%22%3A%5B%22NEW%22%5D%7D`))).toEqual([3, 4]);
  expect(revs(await user.get(`/trails/${id}/steps?progress.status=ERROR`))).toEqual([1]);
  expect((await other.get(`/trails/${id}/steps`)).body).toEqual([]);
  await user.call('PUT', `/devices/${id}/public`);
  expect(revs(await user.get(`/trails/${id}/steps`))).toEqual([3, 4]);
  expect(revs(await other.get(`/trails/${id}/steps?${ALL}`))).toEqual([0, 1, 2, 3, 4]);
});

test('pages by size and offset; a word for a number is a panic; before and after find nothing', async () => {
  const { user, device } = await startTestHub();
  const { id } = await device({ steps: some });
  expect(revs(await user.get(`/trails/${id}/steps?${ALL}&page[size]=2&page[offset]=3`))).toEqual([3, 4]);
  expect((await user.get(`/trails/${id}/steps?${ALL}&page[size]=many`)).body).toEqual({ Error: 'Internal Server Error' });
  expect((await user.get(`/trails/${id}/steps?${ALL}&page[after]=2020-01-01T00:00:00Z`)).body).toEqual([]);
  expect((await user.get(`/trails/${HEX}/steps`)).status).toBe(500);
});

test('fields that were left out are there with nothing in them', async () => {
  const { user, device } = await startTestHub();
  const { id } = await device({ steps: some });
  const [without] = (await user.get(`/trails/${id}/steps?${ALL}&fields=-state,-used_objects`)).body;
  expect(without).toMatchObject({ rev: 0, state: {}, used_objects: null, 'commit-msg': 'r0' });
  const [only] = (await user.get(`/trails/${id}/steps?${ALL}&fields=rev,progress`)).body;
  expect(only).toMatchObject({ rev: 0, progress: { status: 'DONE' }, state: {}, 'commit-msg': '', 'trail-id': '0'.repeat(24) });
  expect(only['time-created']).toBe('0001-01-01T00:00:00Z');
  const [odd] = (await user.get(`/trails/${id}/steps?${ALL}&fields=commit-msg`)).body;
  expect(odd).toMatchObject({ 'commit-msg': 'r0', state: SPEC });
  expect((await user.get(`/trails/${id}/steps?${ALL}&fields=rev,commit-msg`)).status).toBe(403);
});

test('a step comes behind the one before it, or it is a 500', async () => {
  const { user, other, device } = await startTestHub();
  const { id } = await device();
  const post = (body: object, client = user) => client.call('POST', `/trails/${id}/steps`, { state: SPEC, ...body });
  const first = await post({ rev: 1, committer: 'anyone at all', meta: { 'a.b': 1 } });
  expect(first.body).toMatchObject({
    id: `${id}-1`,
    committer: 'anyone at all',
    'state-sha': stateSha(EMPTY_STATE),
    meta: { 'a.b': 1 },
    'progress-time': '1970-01-01T02:00:00+02:00',
  });
  expect((await user.get(`/trails/${id}/steps/1`)).body['progress-time']).toBe('1970-01-01T00:00:00Z');
  expect((await post({ rev: 1 })).body).toEqual({ error: expect.stringMatching(/^REST-ERR-ID/), code: 500 });
  expect((await post({ rev: 3 })).status).toBe(500);
  expect((await post({})).status).toBe(500);
  expect((await post({ rev: -1 })).body.rev).toBe(2);
  expect((await post({ rev: 3 }, other)).status).toBe(403);
  expect((await user.call('POST', `/trails/${HEX}/steps`, { rev: 1, state: SPEC })).status).toBe(500);
});

test('of two that post the same revision at once one gets a 500', async () => {
  const { user, device } = await startTestHub();
  const { id } = await device();
  const post = () => user.call('POST', `/trails/${id}/steps`, { rev: 1, state: SPEC });
  const statuses = (await Promise.all([post(), post()])).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([200, 500]);
});

test('a state is refused with a 500 that says nothing: spec, objects, entries', async () => {
  const { user, device, upload } = await startTestHub();
  const { id } = await device();
  const post = async (state: object) => (await user.call('POST', `/trails/${id}/steps`, { rev: -1, state })).status;
  expect(await post({ 'a.json': {} })).toBe(500);
  expect(await post({ '#spec': 'something-else@1' })).toBe(500);
  expect(await post({ ...SPEC, 'web/file': 'no sha' })).toBe(500);
  expect(await post({ ...SPEC, 'web/file': 'a'.repeat(64) })).toBe(500);
  expect(await post({ ...SPEC, 'web/file': { a: 1 } })).toBe(500);
  expect(await post({ ...SPEC, 'web/file': await upload('content') })).toBe(200);
  expect(await post({})).toBe(200);
});

test('the state of a revision that is not there is empty, with 200; the step is a 500', async () => {
  const { user, other, device } = await startTestHub();
  const { id } = await device();
  const state = await user.get(`/trails/${id}/steps/99/state`);
  expect([state.status, state.body]).toEqual([200, {}]);
  expect((await other.get(`/trails/${id}/steps/0/state`)).body).toEqual({});
  expect((await user.get(`/trails/${id}/steps/99`)).status).toBe(500);
  expect((await user.get(`/trails/${id}/steps/latest`)).status).toBe(500);
});

test('some handlers go on after their refusal: two JSON texts in one body', async () => {
  const { user, other, device } = await startTestHub();
  const { id } = await device({ steps: some });
  const twice = /^\{"code":(\d+),"error":"[^"]+"\}\{"code":(\d+),"error":"[^"]+"\}$/;
  const codes = ({ status, text }: { status: number; text: string }) => [status, ...(twice.exec(text)?.slice(1) ?? [])];
  expect(codes(await user.get(`/trails/${HEX}/steps/0`))).toEqual([500, '500', '500']);
  expect(codes(await other.call('PUT', `/trails/${id}/steps/3/state`, SPEC))).toEqual([403, '403', '400']);
  expect(codes(await other.call('PUT', `/trails/${id}/steps/3/meta`, {}))).toEqual([403, '403', '400']);
});

test('a state can be replaced while nobody took it', async () => {
  const { user, device } = await startTestHub();
  const { id } = await device({ steps: some });
  const state = { ...SPEC, 'a.json': { b: 1 } };
  expect((await user.call('PUT', `/trails/${id}/steps/3/state`, state)).body).toEqual(state);
  expect((await user.get(`/trails/${id}/steps/3/state`)).body).toEqual(state);
  expect((await user.call('PUT', `/trails/${id}/steps/2/state`, state)).status).toBe(500);
  expect((await user.call('PUT', `/trails/${id}/steps/2/meta`, { 'x.y': 1 })).body).toEqual({ 'x.y': 1 });
  expect((await user.get(`/trails/${id}/steps/2/meta`)).body).toEqual({ 'x.y': 1 });
});

test('progress is the device’s, whole each time, without what the hub does not know', async () => {
  const { user, device } = await startTestHub();
  const { id, client } = await device({ steps: some });
  const path = `/trails/${id}/steps/3/progress`;
  const downloads = { total: { object_name: 'total', object_id: 'none', total_size: 9, total_downloaded: 3 } };
  await client.call('PUT', path, { status: 'DOWNLOADING', progress: 25, retries: 2, downloads });
  expect((await user.get(`/trails/${id}/steps/3`)).body.progress.downloads.total.total_downloaded).toBe(3);
  const next = await client.call('PUT', path, { status: 'NONSENSE', 'status-msg': 'x', logs: 'dropped' });
  const zeros = { current_time: 0, start_time: 0, total_downloaded: 0, total_size: 0 };
  expect(next.body).toEqual({
    ...{ downloads: { objects: null, total: zeros }, log: '', progress: 0, status: 'NONSENSE', 'status-msg': 'x' },
  });
  expect((await user.call('PUT', path, {})).status).toBe(403);
  expect((await client.call('PUT', `/trails/${id}/steps/99/progress`, {})).status).toBe(400);
  expect((await user.get(path)).status).toBe(405);
});

test('cancel takes a NEW step, wontgo one INPROGRESS; else 400', async () => {
  const { user, device } = await startTestHub();
  const { id, client } = await device({ steps: some });
  const cancelled = await user.call('PUT', `/trails/${id}/steps/4/cancel`);
  expect(cancelled.body).toMatchObject({ status: 'CANCEL', progress: 100, 'status-msg': 'Cancel as requested by owner' });
  expect((await user.call('PUT', `/trails/${id}/steps/4/cancel`)).status).toBe(400);
  expect((await user.call('PUT', `/trails/${id}/steps/3/wontgo`)).status).toBe(400);
  await client.call('PUT', `/trails/${id}/steps/3/progress`, { status: 'INPROGRESS' });
  expect((await user.call('PUT', `/trails/${id}/steps/3/wontgo`)).body.status).toBe('WONTGO');
  await client.call('PUT', `/trails/${id}/steps/3/progress`, { status: 'DONE' });
  expect((await user.get(`/trails/${id}/steps/3`)).body.progress.status).toBe('DONE');
});

test('an API token may not cancel', async () => {
  const { hub, user, anyone, device } = await startTestHub();
  const { id } = await device({ steps: some });
  const scopes = ['prn:pantahub.com:apis:/base/all'];
  const { name, secret } = (await user.call('POST', '/tokens/', { scopes })).body;
  const { token } = (await anyone.call('POST', '/auth/login', { username: name, password: secret })).body;
  const cancel = `${hub.url}/trails/${id}/steps/4/cancel`;
  expect((await fetch(cancel, { method: 'PUT', headers: { Authorization: `Bearer ${token}` } })).status).toBe(403);
});

test('a trail is made once, by the device; .pvrremote says where its newest step is', async () => {
  const { hub, user, other, device } = await startTestHub();
  const { id, client } = await device({ steps: [] });
  expect((await user.call('POST', '/trails/', SPEC)).status).toBe(403);
  expect((await client.call('POST', '/trails/', { ...SPEC, 'a.json': 1 })).body).toMatchObject({
    id,
    'factory-state': { ...SPEC, 'a.json': 1 },
    'last-touched': '0001-01-01T00:00:00Z',
  });
  expect((await client.call('POST', '/trails/', SPEC)).status).toBe(500);
  await user.call('POST', `/trails/${id}/steps`, { rev: 1, state: SPEC });
  expect((await user.get(`/trails/${id}/.pvrremote`)).body).toMatchObject({
    'json-get-url': `${hub.url}/trails/${id}/steps/1/state`,
    'objects-endpoint': `${hub.url}/trails/${id}/steps/1/objects`,
    'post-url': `${hub.url}/trails/${id}/steps`,
    'step-get-url': `${hub.url}/trails/${id}/steps/1`,
    'json-key': 'state',
  });
  expect((await user.get(`/trails/${id}/steps/0/.pvrremote`)).body['post-fields']).toEqual(['msg']);
  expect((await other.get(`/trails/${id}/.pvrremote`)).status).toBe(403);
  expect((await other.get(`/trails/${id}`)).status).toBe(500);
});

test('the summary tells of the step that was changed last', async () => {
  let now = 1_700_000_000_000;
  const { user, device } = await startTestHub({ now: () => now });
  const { id, client } = await device();
  const row = async () => (await user.get(`/trails/${id}/summary`)).body;
  for (const rev of [1, 2]) {
    now += 1000;
    await user.call('POST', `/trails/${id}/steps`, { rev, state: SPEC });
  }
  expect(await row()).toMatchObject({ revision: 2, 'progress-revision': 2, status: 'NEW' });
  now += 1000;
  await client.call('PUT', `/trails/${id}/steps/1/progress`, { status: 'QUEUED', 'status-msg': 'soon' });
  expect(await row()).toMatchObject({ revision: 2, 'progress-revision': 1, status: 'QUEUED', 'status-msg': 'soon' });
});

test('the summary cannot be sorted downwards, and can be empty', async () => {
  const { user, device } = await startTestHub();
  await device({ nick: 'b', steps: some, modified: 5000 });
  const a = await device({ nick: 'a', modified: 1000, userMeta: { 'fleet-group': 'x' } });
  const names = async (query: string) =>
    (await user.get(`/trails/summary?${query}`)).body.map((row: { 'device-nick': string }) => row['device-nick']);
  expect(await names('')).toEqual(['b', 'a']);
  expect(await names('sort=device_nick')).toEqual(['a', 'b']);
  expect(await names('sort=-device_nick')).toEqual(['b', 'a']);
  expect(await names(`filter=${encodeURIComponent('{"fleet_group":"x"}')}`)).toEqual(['a']);
  expect((await user.get(`/trails/${a.id}/summary`)).body).toMatchObject({ revision: 0, status: 'DONE' });
  const bare = await startTestHub({ summary: 'empty' });
  const { id } = await bare.device();
  expect((await bare.user.get('/trails/summary')).body).toEqual([]);
  expect((await bare.user.get(`/trails/${id}/summary`)).status).toBe(403);
});
