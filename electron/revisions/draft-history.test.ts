import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Draft } from '../../shared/contract/draft.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { DeviceId } from '../../shared/contract/ids.ts';
import { openProfile, type Profile } from '../storage/profile.ts';
import { Drafts } from './drafts.ts';
import { FileIntake } from './file-intake.ts';

const deviceId = DeviceId.parse('d1');
const sha = 'a'.repeat(64);
const base =
  `{"#spec":"pantavisor-service-system@1", "bsp/kernel.img":"${sha}",` +
  `"web/root.squashfs":"${sha}","web/run.json":{ "name":"web",  "type":"lxc" },"web/src.json":{"args":{}}}`;
const other = base.replace('"type":"lxc"', '"type":"lxc","group":"app"');
const signal = AbortSignal.timeout(60_000);

let dir = '';
let now = 0;
let profile: Profile;
let intake: FileIntake;
let drafts: Drafts;
let draft: Draft;

function open(): void {
  profile = openProfile(dir, () => now);
  intake = new FileIntake(profile.objects);
  const states = { read: async () => ({ revision: '7', text: other }) };
  drafts = new Drafts({ drafts: profile.drafts, objects: profile.objects, intake, states, now: () => now });
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'trailboss-history-'));
  now = 1_000;
  open();
  profile.devices.save({
    id: deviceId,
    name: 'd',
    connection: { host: 'h', http: null, ssh: null },
    demo: undefined,
    addedAt: 1,
  });
  draft = drafts.createWith({ deviceId, base: { revision: '6', text: base }, text: base, objects: [], title: '' });
});
afterEach(() => {
  profile.close();
  rmSync(dir, { recursive: true, force: true });
});

async function taken(text: string) {
  const id = await intake.open(text.length);
  await intake.piece(id, 0, new Blob([text]));
  return id;
}

const content = ({ base, text, unfinished, objects }: Draft) => ({ base, text, unfinished, objects });
const latest = () => drafts.get(draft.id);

/** Waits longer than typing in one run may pause. */
function later(): void {
  now += 60_000;
}

const key = fc.constantFrom('web/run.json', 'web/src.json', 'web/new.json', 'über/🜚.json', 'web/root.squashfs');
const text = fc.oneof(
  fc.json({ maxDepth: 1 }),
  fc.constantFrom('{"name":"web","restart_policy":"container"}', '{"half', '"🜚', '[1e3, 1.0]'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const edit = fc.oneof(
  fc.record({ kind: fc.constant('json' as const), key, text }),
  fc.record({ kind: fc.constant('file' as const), key, text: fc.string({ unit: 'grapheme-ascii', maxLength: 5 }) }),
  fc.record({ kind: fc.constant('remove' as const), key }),
  fc.record({ kind: fc.constant('rename' as const), key, to: key }),
  fc.record({ kind: fc.constant('revert' as const), key }),
  fc.record({ kind: fc.constant('policy' as const), policy: fc.constantFrom('inherit', 'container', 'system') }),
  fc.record({ kind: fc.constant('rebase' as const) }),
  fc.record({ kind: fc.constant('undo' as const) }),
  fc.record({ kind: fc.constant('redo' as const) }),
);
type Edit = typeof edit extends fc.Arbitrary<infer One> ? One : never;

/** Makes an edit; one that is refused leaves the draft as it was. */
async function make(one: Edit): Promise<void> {
  const { id, version } = latest();
  try {
    if (one.kind === 'json') drafts.setJson(id, version, one.key, one.text);
    else if (one.kind === 'file') await drafts.setFile(id, version, one.key, await taken(one.text), true);
    else if (one.kind === 'remove') drafts.remove(id, version, [one.key]);
    else if (one.kind === 'rename') drafts.rename(id, version, one.key, one.to);
    else if (one.kind === 'revert') drafts.revert(id, version, [one.key]);
    else if (one.kind === 'policy') drafts.setPolicy(id, version, 'web', one.policy);
    else if (one.kind === 'rebase') {
      const { conflicts } = await drafts.rebasePlan(id, '7', signal);
      const sides = Object.fromEntries(conflicts.map((conflict) => [conflict.key, 'mine' as const]));
      await drafts.rebase(id, version, '7', sides, signal);
    } else drafts[one.kind](id, version);
  } catch (error) {
    if (!(error instanceof TrailbossError)) throw error;
  }
}

it('undo gives back every earlier draft byte for byte, and redo every later one, over a restart too', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { maxLength: 15 }), fc.boolean(), async (edits, restart) => {
      draft = drafts.createWith({ deviceId, base: { revision: '6', text: base }, text: base, objects: [], title: '' });
      let seen = [content(draft)];
      let at = 0;
      const go = async (kind: 'undo' | 'redo') => {
        at = Math.min(seen.length - 1, Math.max(0, at + (kind === 'undo' ? -1 : 1)));
        await make({ kind });
        expect(content(latest())).toEqual(seen[at]);
        expect([latest().undo !== undefined, latest().redo !== undefined]).toEqual([at > 0, at < seen.length - 1]);
      };
      for (const one of edits) {
        later();
        if (one.kind === 'undo' || one.kind === 'redo') {
          await go(one.kind);
          continue;
        }
        await make(one);
        const here = content(latest());
        if (JSON.stringify(here) === JSON.stringify(seen[at])) continue;
        seen = [...seen.slice(0, at + 1), here];
        at += 1;
      }
      if (restart) {
        profile.close();
        open();
      }
      for (const kind of ['redo', 'undo', 'redo'] as const) for (const _ of seen) await go(kind);
    }),
    { numRuns: 40 },
  );
}, 60_000);

it('typing in one entry is one step; a pause or another entry begins a new one', () => {
  const type = (at: string, text: string) => drafts.setJson(draft.id, latest().version, at, text);
  for (const text of ['{"a', '{"a":1}', '{"a":12}']) {
    now += 1_000;
    type('web/src.json', text);
  }
  expect(type('web/run.json', '{}').undo).toBe('edit web/run.json');
  later();
  type('web/run.json', '{"name":"x"}');
  const undone = () => drafts.undo(draft.id, latest().version);
  expect(undone().text).toContain('"web/run.json":{}');
  expect(undone().text).toContain('"web/run.json":{ "name":"web"');
  expect(undone()).toMatchObject({ text: base, unfinished: {}, redo: 'edit web/src.json' });
  expect(latest().undo).toBeUndefined();
});

it('typing that comes back to where it began is no step', () => {
  drafts.setJson(draft.id, latest().version, 'web/src.json', '{"args":{"a":1}}');
  expect(drafts.setJson(draft.id, latest().version, 'web/src.json', '{"args":{}}').undo).toBeUndefined();
});

it('an edit that changes nothing is no step, and a new one cuts redo', () => {
  expect(drafts.setJson(draft.id, 1, 'web/src.json', '{ "args": {} }').undo).toBeUndefined();
  drafts.setPolicy(draft.id, latest().version, 'web', 'container');
  expect(drafts.undo(draft.id, latest().version).redo).toBe('restart policy of web');
  const edited = drafts.rename(draft.id, latest().version, 'web/src.json', 'web/old.json');
  expect(edited).toMatchObject({ undo: 'rename web/src.json → web/old.json' });
  expect(edited.redo).toBeUndefined();
  expect(() => drafts.redo(draft.id, edited.version)).toThrow(expect.objectContaining({ code: 'BAD_STATE' }));
});

it('the files of one drop are one step, however long they take', async () => {
  const batch = { id: 'b', label: 'add 2 files' };
  for (const name of ['web/a', 'web/b']) {
    later();
    await drafts.setFile(draft.id, latest().version, name, await taken(name), false, batch);
  }
  expect(drafts.undo(draft.id, latest().version)).toMatchObject({ text: base, objects: [], redo: 'add 2 files' });
});

it('objects of undone edits stay in use until nobody can ask for them again', async () => {
  const { objects } = await drafts.setFile(draft.id, latest().version, 'web/root.squashfs', await taken('image'), false);
  drafts.undo(draft.id, latest().version);
  expect(drafts.objectsInUse()).toEqual(new Set(objects.map((object) => object.sha)));
  drafts.setPolicy(draft.id, latest().version, 'web', 'system');
  expect(drafts.objectsInUse()).toEqual(new Set());
});

it('objects of undone edits stay in use while their draft is discarded and can be brought back', async () => {
  const { objects } = await drafts.setFile(draft.id, latest().version, 'web/root.squashfs', await taken('image'), false);
  drafts.undo(draft.id, latest().version);
  drafts.discard(draft.id);
  expect(drafts.objectsInUse()).toEqual(new Set(objects.map((object) => object.sha)));
});

it('drafts that were posted take no room from those that can be brought back', () => {
  const make = () => drafts.createWith({ deviceId, base: { revision: '6', text: base }, text: base, objects: [], title: '' }).id;
  drafts.discard(draft.id);
  for (let at = 0; at < 60; at += 1) drafts.drop(make());
  expect(drafts.restore(draft.id).id).toBe(draft.id);
});

it('keeps the last fifty that were discarded, and none whose device was removed', () => {
  const make = () => drafts.createWith({ deviceId, base: { revision: '6', text: base }, text: base, objects: [], title: '' }).id;
  drafts.discard(draft.id);
  const others = Array.from({ length: 50 }, make);
  for (const id of others) drafts.discard(id);
  expect(() => drafts.restore(draft.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  const [first, second] = others;
  if (first === undefined || second === undefined) throw new Error('there are no drafts');
  expect(drafts.restore(first).id).toBe(first);
  profile.devices.remove(deviceId);
  expect(() => drafts.restore(second)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

it('keeps 8 MB of steps and no more', () => {
  const { steps } = profile.drafts;
  const patch = new Uint8Array(3 * 1024 * 1024);
  for (let at = 0; at < 5; at += 1) steps.push(draft.id, { label: `${at}`, at, shas: [], patch }, false);
  expect(steps.all(draft.id).map(({ label }) => label)).toEqual(['3', '4']);
});

it('keeps 200 steps and no more', () => {
  for (let at = 0; at < 210; at += 1) {
    later();
    drafts.setJson(draft.id, latest().version, 'web/src.json', `{"args":{"n":${at}}}`);
  }
  let undone = 0;
  while (latest().undo !== undefined) {
    drafts.undo(draft.id, latest().version);
    undone += 1;
  }
  expect(undone).toBe(200);
  expect(latest().text).toContain('{"args":{"n":9}}');
});

it('a step of a state of 5,000 entries is small', () => {
  const entries = Array.from({ length: 5_000 }, (_, at) => `"web/${String(at).padStart(4, '0')}.bin":"${sha}"`);
  const large = `{"#spec":"pantavisor-service-system@1",${entries.join(',')},"web/run.json":{"name":"web"}}`;
  draft = drafts.createWith({ deviceId, base: { revision: '6', text: large }, text: large, objects: [], title: '' });
  drafts.remove(draft.id, 1, ['web/2500.bin']);
  expect(profile.drafts.steps.last(draft.id)?.patch.length).toBeLessThan(200);
});

it('a discarded draft comes back with its history', () => {
  drafts.setTitle(draft.id, 'fix the dns');
  const edited = drafts.setPolicy(draft.id, latest().version, 'web', 'container');
  drafts.discard(draft.id);
  expect(drafts.list(deviceId)).toEqual([]);
  expect(drafts.restore(draft.id)).toEqual(edited);
  expect(drafts.undo(draft.id, edited.version)).toMatchObject({ text: base, title: 'fix the dns' });
  expect(() => drafts.restore(draft.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

it('a copy has the changes and a name of its own', () => {
  const edited = drafts.setPolicy(draft.id, latest().version, 'web', 'container');
  expect(drafts.duplicate(draft.id, 'copy')).toMatchObject({ base: edited.base, text: edited.text, title: 'copy', version: 1 });
  expect(drafts.list(deviceId).map(({ title, changes }) => ({ title, changes }))).toEqual(
    expect.arrayContaining([
      { title: '', changes: 2 },
      { title: 'copy', changes: 2 },
    ]),
  );
});
