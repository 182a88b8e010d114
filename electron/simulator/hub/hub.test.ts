import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SimulatedHub, startSimulatedHub } from './index.ts';
import { type Client, clientOf, EMPTY_SPEC, signIn } from './test-client.ts';

let hub: SimulatedHub;
let user: Client;

beforeEach(async () => {
  hub = await startSimulatedHub({
    accounts: [
      { nick: 'user1', email: 'user1@example.com', password: 'user1' },
      { nick: 'user2', email: 'user2@example.com', password: 'user2' },
    ],
  });
  user = await signIn(hub, 'user1');
});

afterEach(() => hub.close());

test('a device registers, is claimed, makes its trail, gets a step with an object, and reports', async () => {
  const anyone = clientOf(hub.url);
  const registered = await anyone.json('POST', '/devices/', {});
  expect(registered.body).toMatchObject({ owner: '', challenge: expect.stringMatching(/^\w+-\w+-\w+$/) });
  const { id, secret, challenge } = registered.body;
  const claimed = await user.json('PUT', `/devices/${id}?challenge=${challenge}`, {});
  expect(claimed.body.owner).toBe((await user.json('GET', '/auth/')).body.prn);

  const device = await signIn(hub, `prn:::devices:/${id}`, secret);
  expect((await device.json('POST', '/trails/', { '#spec': 'pantavisor-service-system@1' })).status).toBe(200);

  const content = Buffer.from('an object');
  const sha = createHash('sha256').update(content).digest('hex');
  const info = { sha256sum: sha, objectname: 'web/root.squashfs', size: String(content.length) };
  const created = await user.json('POST', '/objects/', info);
  expect([created.status, created.headers.get('pantahub-object-type')]).toEqual([200, 'object']);
  const uploaded = await fetch(created.body['signed-puturl'], { method: 'PUT', body: content });
  expect(uploaded.status).toBe(200);
  expect((await user.json('POST', '/objects/', info)).status).toBe(409);

  const state = { '#spec': 'pantavisor-service-system@1', 'web/root.squashfs': sha, 'web/run.json': { a: 1.5 } };
  const posted = await user.json('POST', `/trails/${id}/steps`, { rev: 1, state, 'commit-msg': 'add web' });
  expect(posted.body).toMatchObject({ rev: 1, state, progress: { status: 'NEW' } });

  const work = await device.json('GET', `/trails/${id}/steps`);
  expect(work.body).toHaveLength(1);
  const object = await device.json('GET', `/trails/${id}/steps/1/objects/${sha}`);
  expect(await (await fetch(object.body['signed-geturl'])).text()).toBe('an object');
  await device.json('PUT', `/trails/${id}/steps/1/progress`, { status: 'DONE', progress: 100, retries: 3 });
  const step = await user.json('GET', `/trails/${id}/steps/1`);
  expect(step.body.progress).toEqual({
    downloads: { objects: null, total: { current_time: 0, start_time: 0, total_downloaded: 0, total_size: 0 } },
    log: '',
    progress: 100,
    status: 'DONE',
    'status-msg': '',
  });
});

test('a seeded device is in its owner’s list', async () => {
  hub.seedDevice({
    owner: 'user1',
    nick: 'd',
    steps: [{ rev: 0, state: EMPTY_SPEC, message: 'f', progress: { status: 'DONE' } }],
  });
  expect((await user.json('GET', '/devices/')).body).toHaveLength(1);
});
