import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSimulatedHub } from './index.ts';
import { ACCOUNTS, clientOf, EMPTY_STATE, objectInfo, SPEC, signIn, startTestHub } from './test-client.ts';

test('a device registers, is claimed, makes its trail, gets a step with an object, and reports', async () => {
  const { hub, user, anyone } = await startTestHub();
  const registered = await anyone.call('POST', '/devices/', {});
  expect(registered.body).toMatchObject({ owner: '', challenge: expect.stringMatching(/^\w+-\w+-\w+$/) });
  const { id, secret, challenge } = registered.body;
  await user.call('PUT', `/devices/${id}?challenge=${challenge}`, {});
  const device = await signIn(hub, `prn:::devices:/${id}`, secret);
  expect((await device.call('POST', '/trails/', SPEC)).status).toBe(200);

  const { sha, info } = objectInfo('an object', 'web/root.squashfs');
  const created = await user.call('POST', '/objects/', info);
  expect((await fetch(created.body['signed-puturl'], { method: 'PUT', body: 'an object' })).status).toBe(200);
  const state = { ...SPEC, 'web/root.squashfs': sha, 'web/run.json': { a: 1.5 } };
  const posted = await user.call('POST', `/trails/${id}/steps`, { rev: 1, state, 'commit-msg': 'add web' });
  expect(posted.body).toMatchObject({ rev: 1, state, progress: { status: 'NEW' } });

  expect((await device.get(`/trails/${id}/steps`)).body).toHaveLength(1);
  const object = await device.get(`/trails/${id}/steps/1/objects/${sha}`);
  expect(await (await fetch(object.body['signed-geturl'])).text()).toBe('an object');
  await device.call('PUT', `/trails/${id}/steps/1/progress`, { status: 'DONE', progress: 100 });
  expect((await user.get(`/trails/${id}/steps/1`)).body.progress).toMatchObject({ status: 'DONE', progress: 100 });
});

test('goes on from its folder: accounts, devices, objects, and the tokens it gave out', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'hub-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const first = await startSimulatedHub({ dir, accounts: ACCOUNTS });
  const { token } = await signIn(first, 'user1');
  first.seedDevice({
    owner: 'user1',
    nick: 'd',
    steps: [{ rev: 0, state: EMPTY_STATE, message: '', progress: { status: 'DONE' } }],
  });
  const sha = first.putObject('user1', 'kept');
  await first.close();

  const second = await startSimulatedHub({ dir, accounts: ACCOUNTS });
  onTestFinished(() => second.close());
  const user = clientOf(second.url, token);
  expect((await user.get('/devices/')).body).toMatchObject([{ nick: 'd' }]);
  const object = await user.get(`/objects/${sha}`);
  expect(await (await fetch(object.body['signed-geturl'])).text()).toBe('kept');
});

test('tells who listens of every step that is posted', async () => {
  const { hub, user, device } = await startTestHub();
  const { id } = await device();
  const heard: string[] = [];
  const stop = hub.onStep((deviceId, rev) => heard.push(`${deviceId} ${rev}`));
  await user.call('POST', `/trails/${id}/steps`, { rev: -1, state: SPEC });
  stop();
  await user.call('POST', `/trails/${id}/steps`, { rev: -1, state: SPEC });
  expect(heard).toEqual([`${id} 1`]);
});

test('counts requests by route', async () => {
  const { hub, user, device } = await startTestHub();
  const { id } = await device();
  hub.counts.reset();
  await user.get(`/devices/${id}`);
  await user.get(`/devices/${id}`);
  await user.get('/trails/');
  expect(hub.counts.byRoute()).toEqual({ 'GET /devices/:id': 2, 'GET /trails/': 1 });
  expect(hub.counts.requests()).toBe(3);
});
