import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestBench } from './test-bench.ts';

let bench: TestBench;
const stray: unknown[] = [];
const onStray = (error: unknown) => stray.push(error);
beforeEach(async () => {
  process.on('unhandledRejection', onStray);
  bench = await TestBench.start();
});
afterEach(async () => {
  await bench.close();
  process.off('unhandledRejection', onStray);
  expect(stray.splice(0)).toEqual([]);
});

describe('under load', () => {
  it('closes in the middle of polls, an upload, a draft being started and open streams, and goes on after that', async () => {
    const id = await bench.added({ http: true, ssh: true });
    bench.device.faults.set('slow-upload:200000');
    const updateId = await bench.posted(id, 'held', new Uint8Array(3_000_000));
    await bench.update(updateId, (view) => (view.upload?.bytesDone ?? 0) > 0);
    const { client } = bench;
    const streams = [
      await client.device.watch({ id }),
      await client.device.timeline({ id }),
      await client.update.list({}),
      await client.draft.list({}),
    ];
    for (const stream of streams) await stream.next();
    const calls = [
      client.device.refresh({ id }),
      client.draft.create({ deviceId: id, revision: 'current' }),
      client.update.plan({ draftId: (await client.draft.create({ deviceId: id, revision: 'current' })).id }),
      client.device.containerAction({ id, container: 'web', action: 'restart' }),
      client.fleet.probe({ host: '127.0.0.1', http: { port: bench.device.httpPort ?? 1 }, ssh: null }),
    ];
    const settled = Promise.allSettled(calls);
    await bench.reopen();
    await settled;
    for (const stream of streams) await stream.return?.();
    bench.device.faults.clear();
    expect((await bench.update(updateId, (view) => view.phase === 'ended')).outcome).toMatchObject({ result: 'updated' });
  });

  it('a thousand screens that come and go leave nothing behind', async () => {
    const id = await bench.added({ http: true, ssh: true });
    const { client } = bench;
    const handles = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = handles();
    for (let screen = 0; screen < 250; screen += 1) {
      const streams = await Promise.all([
        client.device.watch({ id }),
        client.device.timeline({ id }),
        client.fleet.watch(),
        client.settings.status(),
      ]);
      await Promise.all(streams.map((stream) => stream.next()));
      await Promise.all(streams.map((stream) => stream.return?.()));
    }
    await vi.waitUntil(() => handles() <= before + 10, { timeout: 10_000 });
  });

  it('of a thousand devices that nobody answers for, the one that is there is heard soon', async () => {
    const { client } = bench;
    for (let number = 0; number < 1000; number += 1) {
      const connection = {
        host: `127.0.${Math.floor(number / 250) + 1}.${(number % 250) + 1}`,
        http: { port: 1 },
        ssh: { port: 1, user: '/', auth: { kind: 'own-key' as const } },
      };
      await client.fleet.add({ name: `gone-${number}`, connection });
    }
    await bench.reopen();
    const id = await bench.added({ http: true, ssh: true });
    expect(id).toBeDefined();
  }, 120_000);
});
