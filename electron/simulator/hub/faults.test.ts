import { expect, test } from 'vitest';
import { HUB_FAULTS } from './index.ts';
import { objectInfo, SPEC, startTestHub } from './test-client.ts';

test('down: refused and reset, and back at the same place', async () => {
  const { hub, user } = await startTestHub();
  hub.faults.set('down');
  await expect(user.get('/devices/')).rejects.toThrow();
  hub.faults.clear('down');
  await expect
    .poll(() =>
      user
        .get('/devices/')
        .then(({ status }) => status)
        .catch(() => 'refused'),
    )
    .toBe(200);
});

test('replies that are none: 500, HTML, empty, 503, elsewhere', async () => {
  const { hub, user } = await startTestHub();
  const reply = async (name: (typeof HUB_FAULTS)[number]['name']) => {
    hub.faults.set(name);
    const { status, text, headers } = await user.get('/devices/');
    hub.faults.clear(name);
    return { status, text, headers };
  };
  expect(await reply('every-500')).toMatchObject({ status: 500, text: expect.stringContaining('REST-ERR-ID') });
  expect(await reply('html-instead-of-json')).toMatchObject({ status: 200, text: expect.stringContaining('<html>') });
  expect(await reply('empty-body')).toMatchObject({ status: 200, text: '' });
  const away = await reply('redirect-to-elsewhere');
  expect([away.status, away.headers.get('location')]).toEqual([307, 'https://hub.example.net/devices/']);
  const busy = await reply('503-with-retry-after');
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '1']);
  expect((await user.get('/devices/')).status).toBe(200);
});

test('a reply that is cut off, and one that never ends', async () => {
  const { hub, user } = await startTestHub();
  hub.faults.set('truncated-reply');
  await expect(user.get('/auth/')).rejects.toThrow();
  hub.faults.clear();
  hub.faults.set('endless-reply');
  const reply = await fetch(`${hub.url}/auth/`, { headers: { Authorization: `Bearer ${user.token}` } });
  const reader = reply.body?.getReader();
  for (let bytes = 0; bytes < 100_000; ) bytes += (await reader?.read())?.value?.length ?? 100_000;
  await reader?.cancel();
});

test('a fault can be limited to a path, a method, a number of times', async () => {
  const { hub, user } = await startTestHub();
  hub.faults.set('every-500', { path: '/trails/', method: 'GET', times: 1 });
  expect((await user.get('/devices/')).status).toBe(200);
  expect((await user.get('/trails/')).status).toBe(500);
  expect((await user.get('/trails/')).status).toBe(200);
});

test('a slow hub', async () => {
  const { hub, user } = await startTestHub();
  hub.faults.set('slow', 120);
  const start = performance.now();
  await user.get('/devices/');
  expect(performance.now() - start).toBeGreaterThan(110);
});

test('a step is stored whose answer is lost', async () => {
  const { hub, user, device } = await startTestHub();
  const { id } = await device();
  hub.faults.set('lose-reply-of-post', { times: 1 });
  await expect(user.call('POST', `/trails/${id}/steps`, { rev: 1, state: SPEC })).rejects.toThrow();
  expect((await user.get(`/trails/${id}/steps/1`)).body.rev).toBe(1);
});

test('uploads that are cut, slow, taken for others, or too late', async () => {
  const { hub, user } = await startTestHub();
  const content = 'x'.repeat(20_000);
  const { sha, info } = objectInfo(content);
  const url = (await user.call('POST', '/objects/', info)).body['signed-puturl'];
  const put = () => fetch(url, { method: 'PUT', body: content }).then(({ status }) => status);
  hub.faults.set('upload-cut-midway', 10_000);
  await expect(put()).rejects.toThrow();
  hub.faults.clear();
  hub.faults.set('upload-sha-mismatch', { times: 1 });
  expect(await put()).toBe(400);
  hub.faults.set('signed-url-expired', { times: 1 });
  expect(await put()).toBe(403);
  hub.faults.set('upload-slow', { amount: 100_000, times: 1 });
  const start = performance.now();
  expect(await put()).toBe(200);
  expect(performance.now() - start).toBeGreaterThan(150);
  expect((await user.call('POST', '/objects/', info)).status).toBe(409);
  hub.faults.set('quota-exceeded', { times: 1 });
  expect((await user.call('POST', '/objects/', info)).body.msg).toMatch(/^Quota exceeded/);
  expect((await user.get(`/objects/${sha}`)).status).toBe(200);
});

test('answers that name another host', async () => {
  const { hub, anyone, user, device } = await startTestHub();
  const { id } = await device();
  hub.faults.set('foreign-ph-aeps');
  expect((await anyone.get('/trails/')).headers.get('www-authenticate')).toContain('https://hub.example.net/auth');
  hub.faults.set('foreign-pvrremote');
  expect((await user.get(`/trails/${id}/.pvrremote`)).body['post-url']).toMatch(/^https:\/\/hub\.example\.net\//);
});

test('every fault says what it is', () => {
  expect(HUB_FAULTS.every(({ name, what }) => name.length > 3 && what.endsWith('.'))).toBe(true);
});
