import { expect, test } from 'vitest';
import { EMPTY_STATE, objectInfo, SPEC, startTestHub } from './test-client.ts';

test('409 says that an object is there; a record without its bytes does not', async () => {
  const { user } = await startTestHub();
  const { sha, info } = objectInfo('content', 'a/b');
  const created = await user.call('POST', '/objects/', info);
  expect([created.status, created.headers.get('pantahub-object-type')]).toEqual([200, 'object']);
  expect(created.body).toMatchObject({ id: sha, size: '7', sizeint: 7, objectname: 'a/b', 'expire-time': '15' });
  expect((await user.call('POST', '/objects/', info)).status).toBe(200);
  expect((await user.get(`/objects/${sha}`)).status).toBe(200);
  await fetch(created.body['signed-puturl'], { method: 'PUT', body: 'content' });
  const again = await user.call('POST', '/objects/', info);
  expect([again.status, again.headers.get('pantahub-object-type')]).toEqual([409, 'object']);
  expect(again.body['signed-geturl']).toContain('/local-s3/');
});

test('an object that is not there is a 403, what is no sha a 400', async () => {
  const { user } = await startTestHub();
  expect((await user.get(`/objects/${'a'.repeat(64)}`)).status).toBe(403);
  expect((await user.get('/objects/nonsense')).status).toBe(400);
  expect((await user.call('POST', '/objects/', { sha256sum: 'nonsense' })).status).toBe(400);
  expect((await user.call('POST', '/objects/', {})).status).toBe(400);
});

test('an upload is checked: other bytes 400, too few 500, a URL for something else 403', async () => {
  const { user } = await startTestHub();
  const { body } = await user.call('POST', '/objects/', objectInfo('content').info);
  const put = async (url: string, content: string) => (await fetch(url, { method: 'PUT', body: content })).status;
  expect(await put(body['signed-puturl'], 'CONTENT')).toBe(400);
  expect(await put(body['signed-puturl'], 'con')).toBe(500);
  expect(await put(body['signed-geturl'], 'content')).toBe(403);
  expect((await fetch(body['signed-puturl'])).status).toBe(403);
  expect((await fetch(body['signed-geturl'])).status).toBe(404);
  expect(await put(body['signed-puturl'], 'content')).toBe(200);
  expect(await put(body['signed-puturl'], 'content')).toBe(200);
  expect((await fetch(body['signed-geturl'])).status).toBe(200);
});

test('signed URLs end after a day', async () => {
  let now = Date.now();
  const { user } = await startTestHub({ now: () => now });
  const { body } = await user.call('POST', '/objects/', objectInfo('content').info);
  now += 86_401_000;
  const reply = await fetch(body['signed-puturl'], { method: 'PUT', body: 'content' });
  expect([reply.status, await reply.text()]).toEqual([403, '']);
});

test('an empty object can be stored', async () => {
  const { user } = await startTestHub();
  const { body } = await user.call('POST', '/objects/', objectInfo('').info);
  expect((await fetch(body['signed-puturl'], { method: 'PUT', body: '' })).status).toBe(200);
  expect(await (await fetch(body['signed-geturl'])).text()).toBe('');
});

test('a part of an object is sent on request, unless the hub ignores that', async () => {
  const { hub, user, upload } = await startTestHub();
  const sha = await upload('0123456789');
  const url = (await user.get(`/objects/${sha}`)).body['signed-geturl'];
  const range = async () => {
    const reply = await fetch(url, { headers: { Range: 'bytes=4-6' } });
    return [reply.status, await reply.text(), reply.headers.get('content-range')];
  };
  expect(await range()).toEqual([206, '456', 'bytes 4-6/10']);
  hub.faults.set('range-ignored');
  expect(await range()).toEqual([200, '0123456789', null]);
});

test('a blob is elsewhere', async () => {
  const { user, upload } = await startTestHub();
  const sha = await upload('there');
  const reply = await user.get(`/objects/${sha}/blob`);
  expect(reply.status).toBe(302);
  expect(await (await fetch(reply.headers.get('location') ?? '')).text()).toBe('there');
});

test('the objects of a step go by their names in its state; one that is missing spoils the list', async () => {
  const { user, other, device, upload } = await startTestHub();
  const sha = await upload('content', 'whatever');
  const state = JSON.stringify({ ...SPEC, 'a/x': sha, 'b/y': sha });
  const { id, client } = await device({ steps: [{ rev: 0, state, message: '', progress: { status: 'DONE' } }] });
  const listed = await client.get(`/trails/${id}/steps/0/objects`);
  expect(listed.body.map((each: { objectname: string }) => each.objectname)).toEqual(['a/x', 'b/y']);
  expect((await user.get(`/trails/${id}/steps/0/objects/${'b'.repeat(64)}`)).status).toBe(403);
  expect((await other.get(`/trails/${id}/steps/0/objects`)).status).toBe(404);
  expect((await user.get(`/trails/${id}/steps/0/objects/${sha}/blob`)).status).toBe(302);
  await user.call('DELETE', `/objects/${sha}`);
  expect((await user.get(`/trails/${id}/steps/0/objects`)).status).toBe(403);
});

test('what is in a public device’s step is linked for others, unless they say no', async () => {
  const { hub, other, device } = await startTestHub();
  const content = 'everyone has this';
  const sha = hub.putObject('user1', content);
  const state = JSON.stringify({ ...SPEC, 'a/x': sha });
  await device({ public: true, steps: [{ rev: 0, state, message: '', progress: { status: 'DONE' } }] });
  const { info } = objectInfo(content);
  expect((await other.call('POST', '/objects/?autolink=no', info)).status).toBe(200);
  const linked = await other.call('POST', '/objects/', info);
  expect([linked.status, linked.headers.get('pantahub-object-type')]).toEqual([409, 'link']);
  expect(await (await fetch(linked.body['signed-geturl'])).text()).toBe(content);
});

test('a full account gets the one 500 that says why', async () => {
  const { hub, user } = await startTestHub({
    accounts: ['user1', 'user2'].map((nick) => ({ nick, email: `${nick}@example.com`, password: nick, quotaBytes: 10 })),
  });
  hub.putObject('user1', '12345678');
  const reply = await user.call('POST', '/objects/', objectInfo('abcdef').info);
  expect([reply.status, reply.body.msg]).toEqual([500, expect.stringMatching(/^Quota exceeded; /)]);
});

test('the first object of an account is never too much', async () => {
  const { user } = await startTestHub({
    accounts: ['user1', 'user2'].map((nick) => ({ nick, email: `${nick}@example.com`, password: nick, quotaBytes: 1 })),
  });
  expect((await user.call('POST', '/objects/', objectInfo('abcdef').info)).status).toBe(200);
});

test('an export has the state and the objects by their sha', async () => {
  const { hub, user, anyone, device } = await startTestHub();
  const sha = hub.putObject('user1', 'content');
  const state = JSON.stringify({ ...SPEC, 'a/x': sha, 'b/run.json': {} });
  const { id } = await device({ steps: [{ rev: 0, state, message: '', progress: { status: 'DONE' } }] });
  const reply = await fetch(`${hub.url}/exports/user1/kitchen/latest/k.tar?parts=a`, {
    headers: { Authorization: `Bearer ${user.token}` },
  });
  const tar = Buffer.from(await reply.arrayBuffer()).toString('latin1');
  expect(tar).toContain(`{"a/x":"${sha}"}`);
  expect(tar).toContain(`objects/${sha}`);
  expect(tar).not.toContain('b/run.json');
  expect((await anyone.get('/exports/user1/kitchen/0/k.tar')).status).toBe(404);
  await user.call('PUT', `/devices/${id}/public`);
  const zipped = await fetch(`${hub.url}/exports/user1/kitchen/0/k.tar.gz`);
  expect(
    Buffer.from(await zipped.arrayBuffer())
      .subarray(0, 2)
      .toString('hex'),
  ).toBe('1f8b');
});

test('what is used of the quota is on /dash/', async () => {
  const { hub, user, device } = await startTestHub();
  await device({ steps: [{ rev: 0, state: EMPTY_STATE, message: '', progress: { status: 'DONE' } }] });
  hub.putObject('user1', Buffer.alloc(11 * 1024 ** 2));
  expect((await user.get('/dash/')).body).toMatchObject({
    nick: 'user1',
    subscription: { 'quota-stats': { OBJECTS: { Actual: 0.01, Max: 2, Unit: 'GiB' }, DEVICES: { Actual: 1 } } },
    'top-devices': [{ nick: 'kitchen', status: 'DONE' }],
  });
});
