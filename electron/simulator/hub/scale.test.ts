import { randomBytes } from 'node:crypto';
import { Agent, type ClientRequest, request } from 'node:http';
import { expect, test } from 'vitest';
import { SPEC, startTestHub } from './test-client.ts';

const DEVICES = 10_000;

test('ten thousand devices are seeded and listed quickly', async () => {
  const { hub, user } = await startTestHub();
  const state = JSON.stringify({ ...SPEC, 'web/run.json': { name: 'web' }, 'web/root.squashfs': 'a'.repeat(64) });
  const steps = [0, 1, 2].map((rev) => ({ rev, state, message: `r${rev}`, progress: { status: 'DONE', progress: 100 } }));
  const deviceMeta = { 'pantavisor.version': '019', interfaces: { eth0: '10.0.0.1' } };
  const seeding = performance.now();
  hub.seedDevices(Array.from({ length: DEVICES }, (_, n) => ({ owner: 'user1', nick: `d${n}`, deviceMeta, steps })));
  expect(performance.now() - seeding).toBeLessThan(15_000);
  const listing = performance.now();
  expect((await user.get('/devices/')).body).toHaveLength(DEVICES);
  expect((await user.get('/trails/summary')).body).toHaveLength(DEVICES);
  expect(performance.now() - listing).toBeLessThan(10_000);
}, 60_000);

test('a thousand connections at once', async () => {
  const { hub, user } = await startTestHub();
  const agent = new Agent({ keepAlive: true, maxSockets: 1000 });
  const get = () =>
    new Promise<number | undefined>((resolve, reject) => {
      const options = { agent, headers: { Authorization: `Bearer ${user.token}` } };
      request(`${hub.url}/devices/`, options, (reply) => reply.resume().on('end', () => resolve(reply.statusCode)))
        .on('error', reject)
        .end();
    });
  const statuses = await Promise.all(Array.from({ length: 1000 }, get));
  agent.destroy();
  expect(new Set(statuses)).toEqual(new Set([200]));
}, 60_000);

test('an upload is taken in no faster than it is written', async () => {
  const { hub, user } = await startTestHub();
  const piece = randomBytes(1024 * 1024);
  const size = 100 * piece.length;
  const created = await user.call('POST', '/objects/', { sha256sum: 'a'.repeat(64), objectname: 'large', size: String(size) });
  hub.faults.set('upload-slow', 4 * 1024 * 1024);
  const sent = request(created.body['signed-puturl'], { method: 'PUT', headers: { 'Content-Length': size } });
  sent.on('error', () => {});
  let pieces = 0;
  while (pieces < 100 && (await taken(sent, piece))) pieces += 1;
  sent.destroy();
  expect(pieces).toBeLessThan(50);
});

/** Whether a piece was taken off one's hands within a moment that is long for a socket and short for the disk that is slowed down. */
function taken(sent: ClientRequest, piece: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), 100);
    sent.write(piece, () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
