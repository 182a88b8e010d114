import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '../../shared/contract/draft.ts';
import { DeviceId, DraftId } from '../../shared/contract/ids.ts';
import { openProfile, type Profile } from '../storage/profile.ts';
import { Drafts } from './drafts.ts';
import { FileIntake } from './file-intake.ts';
import { checkedName, freshName } from './names.ts';
import type { States } from './states.ts';

const device = DeviceId.parse('d1');
const sha = 'a'.repeat(64);
const base =
  `{"#spec":"pantavisor-service-system@1","bsp/kernel.img":"${sha}",` +
  `"web/root.squashfs":"${sha}","web/run.json":{ "name":"web",  "type":"lxc" },"web/src.json":{"args":{}}}`;

let dir = '';
let profile: Profile;
let drafts: Drafts;
let draft: Draft;
let intake: FileIntake;

async function taken(...pieces: readonly string[]) {
  const id = await intake.open(pieces.join('').length);
  let at = 0;
  for (const piece of pieces) {
    await intake.piece(id, at, new Blob([piece]));
    at += piece.length;
  }
  return id;
}

const states: Pick<States, 'read'> = { read: async () => ({ revision: 'locals/a', text: base }) };
const signal = AbortSignal.timeout(10_000);

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'trailboss-drafts-'));
  profile = openProfile(dir, () => 1_000);
  profile.devices.save({ id: device, name: 'd', connection: { host: 'h', http: null, ssh: null }, demo: undefined, addedAt: 1 });
  intake = new FileIntake(profile.objects);
  drafts = new Drafts({ drafts: profile.drafts, objects: profile.objects, intake, states, now: () => 2_000 });
  draft = await drafts.create(device, 'locals/a', signal);
});
afterEach(() => {
  profile.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('a draft', () => {
  it('stores every edit before it answers, and leaves other entries byte for byte', () => {
    const edited = drafts.setJson(draft.id, draft.version, 'web/src.json', '{ "args": {"A": 1} }');
    expect(edited.text).toContain('"web/run.json":{ "name":"web",  "type":"lxc" }');
    expect(edited.text).toContain('"web/src.json":{"args":{"A":1}}');
    expect(profile.drafts.get(draft.id)).toEqual(edited);
  });

  it('keeps what is not valid JSON yet as typed, and not in the state', () => {
    const half = drafts.setJson(draft.id, draft.version, 'web/src.json', '{"args": {');
    expect(half).toMatchObject({ text: base, unfinished: { 'web/src.json': '{"args": {' } });
    const whole = drafts.setJson(draft.id, half.version, 'web/src.json', '{"args":{"B":2}}');
    expect(whole.unfinished).toEqual({});
  });

  it('takes files into the object store', async () => {
    const edited = await drafts.setFile(draft.id, draft.version, 'web/root.squashfs', await taken('ima', 'ge'), false);
    const [object] = edited.objects;
    expect(object).toMatchObject({ size: 5, fileName: 'root.squashfs' });
    expect(edited.text).toContain(`"web/root.squashfs":"${object?.sha}"`);
    expect(drafts.objectsInUse()).toEqual(new Set([object?.sha]));
  });

  it('takes a JSON file inline, or as an object where that is wanted', async () => {
    const inline = await drafts.setFile(draft.id, draft.version, 'device.json', await taken('{ "a": ', '1}'), false);
    expect(inline.text).toContain('"device.json":{"a":1}');
    const object = await drafts.setFile(draft.id, inline.version, 'web/data.json', await taken('{}'), true);
    expect(object.text).toMatch(/"web\/data.json":"[0-9a-f]{64}"/);
  });

  it('refuses a file whose pieces do not fit, and keeps nothing of it', async () => {
    const id = await intake.open(6);
    await intake.piece(id, 0, new Blob(['abc']));
    await expect(intake.piece(id, 4, new Blob(['ef']))).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(drafts.setFile(draft.id, draft.version, 'x/y', id, false)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(readdirSync(join(dir, 'objects'))).toEqual([]);
  });

  it('flips a policy in run.json and src.json, and reverts to the very bytes of the base', () => {
    const flipped = drafts.setPolicy(draft.id, draft.version, 'web', 'system');
    expect(flipped.text).toContain('"restart_policy":"system"');
    expect(flipped.text).toContain('"PV_RESTART_POLICY":"system"');
    expect(drafts.revert(draft.id, flipped.version, ['web/run.json', 'web/src.json']).text).toBe(base);
  });

  it('puts a container into a group that is in force, and into no other', () => {
    const grouped = drafts.setGroup(draft.id, draft.version, 'web', 'platform');
    expect(grouped.text).toContain('"group":"platform"');
    expect(grouped.text).toContain('"PV_GROUP":"platform"');
    expect(() => drafts.setGroup(draft.id, grouped.version, 'web', 'nowhere')).toThrow(
      expect.objectContaining({ code: 'BAD_STATE' }),
    );
    expect(drafts.setGroup(draft.id, grouped.version, 'web', null).text).not.toContain('platform');
  });

  it('brings a removed entry back, and takes an added one away', () => {
    const without = drafts.remove(draft.id, draft.version, ['bsp/kernel.img']);
    const added = drafts.setJson(draft.id, without.version, 'device.json', '{}');
    expect(drafts.revert(draft.id, added.version, ['bsp/kernel.img', 'device.json']).text).toBe(base);
  });

  it('refuses an edit against another version, or one that makes no state, and stays as it was', () => {
    expect(() => drafts.remove(draft.id, 99, ['bsp/kernel.img'])).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
    expect(() => drafts.rename(draft.id, draft.version, 'bsp/kernel.img', '../x')).toThrow(
      expect.objectContaining({ code: 'BAD_STATE' }),
    );
    expect(drafts.get(draft.id)).toEqual(draft);
  });

  it('that can not be read any more does not hide the others', () => {
    profile.drafts.save({ ...draft, id: DraftId.parse('old'), text: '{"no state": true}' });
    expect(drafts.list(device).map(({ id, changes }) => [id, changes])).toContainEqual(['old', 0]);
    expect(drafts.list(device)).toHaveLength(2);
  });

  it('is gone after it was discarded', () => {
    drafts.discard(draft.id);
    expect(() => drafts.get(draft.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(drafts.list(undefined)).toEqual([]);
  });
});

describe('a draft that is rebased', () => {
  const theirs = base.replace('"args":{}', '"args":{"B":2}').replace('"web/root.squashfs":"a', '"web/root.squashfs":"b');
  const onto = (text: string) => {
    const other: Pick<States, 'read'> = { read: async (_device, revision) => ({ revision, text }) };
    return new Drafts({ drafts: profile.drafts, objects: profile.objects, intake, states: other, now: () => 3_000 });
  };

  it('stands on the other revision with its own changes; unfinished entries and files stay', async () => {
    const half = drafts.setJson(draft.id, draft.version, 'web/src.json', '{"args": {');
    const edited = await drafts.setFile(draft.id, half.version, 'web/new.bin', await taken('bytes'), false);
    const room = onto(theirs);
    expect(await room.rebasePlan(draft.id, '14', signal)).toEqual({
      from: 'locals/a',
      to: '14',
      mine: ['web/new.bin'],
      theirs: ['web/root.squashfs', 'web/src.json'],
      conflicts: [],
    });
    const moved = await room.rebase(draft.id, edited.version, '14', {}, signal);
    expect(moved).toMatchObject({
      version: edited.version + 1,
      base: { revision: '14', text: theirs },
      unfinished: half.unfinished,
    });
    expect(moved.objects).toEqual(edited.objects);
    expect(moved.text).toContain('"B":2');
    expect(moved.text).toContain('web/new.bin');
  });

  it('needs a side for each conflict, and stays as it was without', async () => {
    const edited = drafts.setJson(draft.id, draft.version, 'web/src.json', '{"args":{"C":3}}');
    const room = onto(theirs);
    expect((await room.rebasePlan(draft.id, '14', signal)).conflicts).toEqual([
      { key: 'web/src.json', base: '{"args":{}}', mine: '{"args":{"C":3}}', theirs: '{"args":{"B":2}}' },
    ]);
    await expect(room.rebase(draft.id, edited.version, '14', {}, signal)).rejects.toMatchObject({ code: 'BAD_STATE' });
    expect(drafts.get(draft.id)).toEqual(edited);
    const moved = await room.rebase(draft.id, edited.version, '14', { 'web/src.json': 'theirs' }, signal);
    expect(moved.text).toBe(theirs);
    await expect(room.rebase(draft.id, edited.version, '14', {}, signal)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('names', () => {
  it('are always new', () => {
    const flipped = drafts.setPolicy(draft.id, draft.version, 'web', 'system');
    expect(freshName(flipped, new Set(['locals/web-1']))).toBe('locals/web-2');
    expect(() => checkedName('web-1', new Set(['locals/web-1']))).toThrow(expect.objectContaining({ code: 'NAME_TAKEN' }));
  });
  it.each(['', 'a/b', 'x'.repeat(64), '../up', 'sp ace'])('refuses %j', (name) => {
    expect(() => checkedName(name, new Set())).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });
  it('allow 63 characters', () => expect(checkedName('x'.repeat(63), new Set())).toHaveLength(70));
});
