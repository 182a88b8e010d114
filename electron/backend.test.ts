import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RevisionName } from '../shared/state/ids.ts';
import { ended, TestBench, until } from './test-bench.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await TestBench.start();
});
afterEach(() => bench.close());

describe('the main job', () => {
  it.each([{ ways: { http: true, ssh: true } }, { ways: { http: false, ssh: true } }])(
    'over $ways: add, change, forecast, post, watch to DONE as forecast',
    async ({ ways }) => {
      const { client } = bench;
      const id = await bench.added(ways);
      const draft = await client.draft.create({ deviceId: id, revision: 'current' });
      const flipped = await client.draft.setPolicy({
        draftId: draft.id,
        version: draft.version,
        container: 'web',
        policy: 'system',
      });
      const fileId = await bench.sent(new Blob(['a new root']));
      const changed = await client.draft.setFile({
        draftId: draft.id,
        version: flipped.version,
        key: 'web/root.squashfs',
        fileId,
      });
      const plan = await client.update.plan({ draftId: draft.id });
      expect(plan).toMatchObject({ missing: [], rollback: { to: 'locals/base', lost: [] }, baseMoved: false });
      expect(plan.upload).toMatchObject([{ key: 'web/root.squashfs', size: 10 }]);
      const { updateId } = await client.update.post({
        draftId: draft.id,
        version: changed.version,
        name: plan.suggestedName,
        message: 'flip web',
        via: 'lan',
      });
      const end = await bench.update(updateId, ended);
      expect(end.forecast).toMatchObject({ kind: 'move', transition: 'reboot', checkpoint: true });
      expect(end.outcome).toMatchObject({ result: 'done', runningNow: plan.suggestedName, rebooted: true });
      expect(end.outcome?.verdict.map((line) => line.agrees)).not.toContain('no');
      expect((await client.device.state({ id, revision: plan.suggestedName })).text).toBe(changed.text);
      await expect(client.draft.create({ deviceId: id, revision: 'locals/none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    },
  );

  it('tells where a crash loop took the device back to', async () => {
    const id = await bench.added({ http: true, ssh: true });
    bench.device.faults.set('crash-loop:web');
    const end = await bench.update(await bench.posted(id, 'bad', 'crashes'), ended);
    expect(end.outcome).toMatchObject({ result: 'failed', rolledBackTo: 'locals/base' });
    expect(end.reports.at(-1)).toMatchObject({ status: 'ERROR' });
  });

  it('goes on telling an open screen about a device whose connection is edited', async () => {
    const { client, device } = bench;
    const id = await bench.added({ http: true, ssh: false });
    const screen = (await client.device.watch({ id }))[Symbol.asyncIterator]();
    const timeline = (await client.device.timeline({ id }))[Symbol.asyncIterator]();
    await next(screen, ({ summary }) => summary.ways.http.kind === 'open');
    await next(timeline, ({ revisions }) => revisions[0]?.revision === 'current');
    const ssh = { port: device.sshPort ?? 0, user: '/', auth: { kind: 'own-key' as const } };
    await client.fleet.edit({ id, connection: { host: '127.0.0.1', http: null, ssh } });
    const { ways } = (await next(screen, ({ summary }) => summary.ways.ssh.kind === 'blocked')).summary;
    const fingerprint = (ways.ssh.kind === 'blocked' && ways.ssh.problem.hostKey?.fingerprint) || 'none';
    await client.device.trustHostKey({ id, fingerprint });
    await next(timeline, ({ revisions }) => revisions[0]?.revision === 'locals/base');
    await Promise.all([screen.return?.(), timeline.return?.()]);
  });

  it('posts over the pvr endpoint alone, and says what it can not know', async () => {
    const id = await bench.added({ http: true, ssh: false });
    const end = await bench.update(await bench.posted(id, 'http-only', 'x'), ended);
    expect(end.outcome).toMatchObject({ result: 'unknown' });
    await bench.device.whenIdle();
    expect(bench.device.progress('locals/http-only')?.status).toBe('UPDATED');
  });

  it('goes on after the program ended in mid-update', async () => {
    const id = await bench.added({ http: true, ssh: true });
    const updateId = await bench.posted(id, 'resumed', 'again');
    await bench.reopen();
    expect((await bench.update(updateId, ended)).outcome).toMatchObject({ result: 'updated' });
  });

  it('runs an older revision again, and reboots', async () => {
    const id = await bench.added({ http: true, ssh: true });
    await bench.update(await bench.posted(id, 'newer', 'x'), ended);
    const rebooted = await bench.client.device.reboot({ id });
    if (rebooted.updateId === undefined) throw new Error('the reboot is not watched');
    expect((await bench.update(rebooted.updateId, ended)).outcome).toMatchObject({ result: 'rebooted', rebooted: true });
    const back = await bench.client.device.runRevision({ id, revision: RevisionName.parse('locals/base') });
    expect((await bench.update(back.updateId, ended)).outcome).toMatchObject({ runningNow: 'locals/base' });
  });
});

describe('when things go wrong', () => {
  it('a stream that fails says why, with the code that calls have', async () => {
    const id = await bench.added({ http: true, ssh: false });
    const draft = await bench.client.draft.create({ deviceId: id, revision: 'current' });
    const stream = await bench.client.draft.watch({ draftId: draft.id });
    await stream.next();
    const waiting = stream.next();
    await bench.client.draft.discard({ draftId: draft.id });
    await expect(waiting).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what: expect.stringContaining('gone') } });
  });

  it.each(['http', 'ssh'] as const)('an upload over %s that is cut goes on by itself with what is missing', async (way) => {
    const id = await bench.added({ http: way === 'http', ssh: true });
    bench.device.faults.set('cut-upload-after:300000');
    const updateId = await bench.posted(id, 'cut', new Uint8Array(2_000_000));
    await bench.update(updateId, (value) => value.phase === 'interrupted');
    bench.device.faults.clear('cut-upload-after:300000');
    expect((await bench.update(updateId, ended)).outcome).toMatchObject({ result: 'updated' });
  });

  it('a device without room refuses the upload in words, and cancelling leaves it as it was', async () => {
    const id = await bench.added({ http: true, ssh: true });
    bench.device.faults.set('no-space');
    const updateId = await bench.posted(id, 'full', new Uint8Array(100_000));
    const stopped = await bench.update(updateId, (value) => value.phase === 'interrupted');
    expect(stopped.problem).toMatchObject({ code: 'NO_SPACE' });
    await bench.client.update.cancel({ updateId });
    await bench.update(updateId, (value) => value.phase === 'cancelled');
    expect(bench.device.progress('locals/full')).toBeUndefined();
  });

  it('a host key that changed blocks until the person says that the device was flashed anew', async () => {
    const id = await bench.added({ http: false, ssh: true });
    const pinned = bench.device.hostKeyFingerprint;
    bench.device.faults.set('changed-host-key');
    await bench.reopen();
    const blocked = await bench.detail(id, (value) => value.summary.ways.ssh.kind === 'blocked');
    const way = blocked.summary.ways.ssh;
    if (way.kind !== 'blocked') throw new Error('not blocked');
    expect(way.problem).toMatchObject({ code: 'HOST_KEY_CHANGED', hostKey: { pinned } });
    const fingerprint = way.problem.hostKey?.fingerprint ?? '';
    await expect(bench.client.device.trustHostKey({ id, fingerprint })).rejects.toMatchObject({ code: 'CONFLICT' });
    await bench.client.device.trustHostKey({ id, fingerprint, ...(pinned !== undefined && { replaces: pinned }) });
    await bench.detail(id, (value) => value.summary.ways.ssh.kind === 'open');
  });

  it('a host key that a diagnosis met is answered while the connection from before is still open', async () => {
    const id = await bench.added({ http: false, ssh: true });
    const replaces = bench.device.hostKeyFingerprint;
    bench.device.faults.set('changed-host-key');
    const fingerprint = bench.device.hostKeyFingerprint;
    const hostKey = async () => {
      const isAsked = (state: string) => state === 'waiting' || state === 'running';
      const steps = await until(bench.client.diagnosis.run({ id }), (all) => !all.some(({ state }) => isAsked(state)));
      return steps.find(({ question }) => question === 'host-key');
    };
    expect((await hostKey())?.problem?.hostKey).toMatchObject({ fingerprint, pinned: replaces });
    await expect(bench.client.device.trustHostKey({ id, fingerprint })).rejects.toMatchObject({ code: 'CONFLICT' });
    await bench.client.device.trustHostKey({ id, fingerprint, replaces });
    expect(await hostKey()).toMatchObject({ state: 'ok' });
  });

  it('a power cut in mid-update is followed to its end', async () => {
    const id = await bench.added({ http: true, ssh: true });
    bench.device.faults.set('power-cut-in-testing');
    const end = await bench.update(await bench.posted(id, 'dark', 'x'), ended);
    expect(['done', 'failed']).toContain(end.outcome?.result);
  });

  it('a second update of a device waits for the first', async () => {
    const id = await bench.added({ http: true, ssh: true });
    const updateId = await bench.posted(id, 'first', 'x');
    await expect(bench.posted(id, 'second', 'y')).rejects.toMatchObject({ code: 'DEVICE_BUSY' });
    await bench.update(updateId, ended);
  });
});

/** The next value of an open stream that is wanted; the stream stays open. */
async function next<Value>(stream: AsyncIterator<Value>, wanted: (value: Value) => boolean): Promise<Value> {
  for (let result = await stream.next(); !result.done; result = await stream.next())
    if (wanted(result.value)) return result.value;
  throw new Error('the stream ended before the value that was waited for');
}
