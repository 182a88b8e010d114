import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { authorizedKeysKey } from '../../shared/contract/metadata.ts';
import { ScriptedBench } from '../revisions/scripted-device.ts';
import { hubOf, UserMeta, withKey } from './user-meta.ts';

const never = new AbortController().signal;
const key = (name: string) => `ssh-ed25519 AAAAC3${name} ${name}@computer`;

describe('the keys that may log in', () => {
  const lines = fc.array(fc.constantFrom(key('anna'), key('bert'), '# those of the lab', ''), { maxLength: 6 });
  it('keep everyone who may, one key per line, and none twice', () =>
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n'), (known, newline) => {
        const before = known.join(newline);
        const { text, added, keys } = withKey(before, key('own'));
        expect(added).toBe(true);
        const after = text.trimEnd().split('\n');
        expect(after).toEqual([...known.filter((line) => line !== ''), key('own')]);
        expect(keys).toBe(after.filter((line) => !line.startsWith('#')).length);
        expect(withKey(text, key('own').replace('own@computer', 'renamed'))).toMatchObject({ added: false, keys });
      }),
    ));
  it('have one that was taken out by a # again', () => {
    expect(withKey(`# ${key('own')}`, key('own'))).toEqual({ text: `# ${key('own')}\n${key('own')}\n`, added: true, keys: 1 });
  });
  it('begin anew where something else than text is kept there', () => {
    expect(withKey({ strange: 1 }, key('own'))).toEqual({ text: `${key('own')}\n`, added: true, keys: 1 });
  });
});

describe('changing user-meta', () => {
  let bench: ScriptedBench;
  let own: Readonly<Record<string, unknown>>;
  beforeEach(() => {
    bench = new ScriptedBench();
    own = { 'label.site': 'lab', 'label.floor': '2', note: 'by somebody else', [authorizedKeysKey]: key('anna') };
    const link = bench.device.link();
    vi.spyOn(bench.device, 'link').mockReturnValue(link);
  });
  afterEach(() => bench.close());

  const changed = () => {
    const watch = bench.rooms.fleet.device(bench.id);
    vi.spyOn(watch.link, 'changeUserMeta').mockImplementation(async (change) => {
      own = change(own);
      return own;
    });
    return { watch, meta: new UserMeta(bench.rooms.profile) };
  };
  const activity = () => bench.rooms.profile.activity.latest(10).map(({ what }) => what);

  it('leaves alone what it is not about', async () => {
    const { watch, meta } = changed();
    await meta.set(watch, 'note', { secret: 'hunter2' }, never);
    await meta.setLabels(watch, { site: 'roof' }, never);
    await meta.delete(watch, ['note'], never);
    expect(own).toEqual({ 'label.site': 'roof', [authorizedKeysKey]: key('anna') });
    expect(watch.summary.labels).toEqual({ site: 'roof' });
    expect(activity()).toEqual(
      expect.arrayContaining(['set note in user-meta', 'changed the labels', 'deleted note from user-meta']),
    );
    expect(JSON.stringify(activity())).not.toContain('hunter2');
  });

  it("adds this computer's key once", async () => {
    const { watch, meta } = changed();
    expect(await meta.enableSsh(watch, never)).toEqual({ added: true, keys: 2 });
    expect(await meta.enableSsh(watch, never)).toEqual({ added: false, keys: 2 });
    const { publicKey } = bench.rooms.profile.keys.own();
    expect(own[authorizedKeysKey]).toBe(`${key('anna')}\n${publicKey}\n`);
  });

  it('says what is missing where the device is on no hub', () => {
    expect(() => hubOf(bench.rooms.fleet.device(bench.id), 'Reading logs')).toThrow(
      expect.objectContaining({ code: 'WAY_MISSING', message: expect.stringContaining('Reading logs goes over a hub') }),
    );
  });
});
