import { afterEach, beforeEach, expect, it } from 'vitest';
import { ended, TestBench, until } from './test-bench.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await TestBench.start();
});
afterEach(() => bench.close());

it('what preflight is told comes from the device, a refused post is stopped, and what was forecast is held against what came', async () => {
  const { client, device } = bench;
  const id = await bench.added({ http: true, ssh: true });
  const draft = await client.draft.create({ deviceId: id, revision: 'current' });
  const fileId = await bench.sent(new Blob(['a new root']));
  const changed = await client.draft.setFile({ draftId: draft.id, version: 1, key: 'web/root.squashfs', fileId });
  await bench.detail(id, ({ deviceMeta }) => deviceMeta?.storage !== undefined);

  const facts = await client.update.facts({ draftId: draft.id });
  expect(facts).toMatchObject({ secureboot: 'disabled', missingObjects: [], newObjects: [{ size: 10 }] });
  expect(facts.storage?.total).toBeGreaterThan(facts.storage?.free ?? 0);
  expect((await client.update.plan({ draftId: draft.id })).facts).toEqual(facts);

  const { version } = await client.draft.setJson({
    draftId: draft.id,
    version: changed.version,
    key: 'web/run.json',
    text: '{"name":"web","type":"lxc","config":"lxc.container.conf","root-volume":"root.squashfs","group":"nowhere"}',
  });
  const post = { draftId: draft.id, version, name: 'nowhere', message: '', via: 'lan' } as const;
  await expect(client.update.post(post)).rejects.toMatchObject({
    code: 'BAD_STATE',
    data: { next: 'Name a group that is there, or leave it out.' },
  });
  expect(device.progress('locals/nowhere')).toBeUndefined();

  // Nobody stops a person who means it, and the device says what preflight said.
  const { updateId } = await client.update.post({ ...post, acceptRefusal: true });
  await bench.update(updateId, ({ problem }) => problem?.code === 'BAD_STATE');
  await client.update.cancel({ updateId });
  const overview = await until(client.fidelity.overview({}), ({ entries }) => entries.length > 0);
  expect(overview.entries).toMatchObject([{ updateId, result: 'right', preflight: 'right', pairKept: true }]);
  expect((await client.fidelity.pair({ updateId })).next).toContain('"group":"nowhere"');
});

it('an update that went as forecast counts with every statement', async () => {
  const id = await bench.added({ http: true, ssh: true });
  const updateId = await bench.posted(id, 'fine', 'a new root');
  await bench.update(updateId, ended);
  const { entries, counts } = await until(bench.client.fidelity.overview({ deviceId: id }), (value) => value.entries.length > 0);
  expect(entries).toMatchObject([{ updateId, result: 'right', preflight: 'right', revision: 'locals/fine' }]);
  expect(counts.filter(({ wrong }) => wrong > 0)).toEqual([]);
  expect(counts.map(({ what }) => what)).toEqual(expect.arrayContaining(['Transition', 'Restarted', 'End', 'Preflight']));
});
