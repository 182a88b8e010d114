import { beforeEach, describe, expect, it } from 'vitest';
import { changeUserMeta, type MetaControl } from './user-meta.ts';

const never = new AbortController().signal;
let meta: Record<string, unknown>;
let written: string[];
const ctrl: MetaControl = {
  metadata: async () => ({ ...meta }),
  setUserMeta: async (key, value) => {
    written.push(`${key}=${value}`);
    meta[key] = value;
  },
  deleteUserMeta: async (key) => {
    written.push(`-${key}`);
    delete meta[key];
  },
};
beforeEach(() => {
  meta = { site: 'lab', rack: '7', 'pvr-sdk.authorized_keys': 'ssh-ed25519 A' };
  written = [];
});

describe('a change of user-meta', () => {
  it('writes what differs and nothing else', async () => {
    const after = await changeUserMeta(ctrl, ({ rack: _gone, ...own }) => ({ ...own, site: 'hall', list: [1] }), never);
    expect(written).toEqual(['site=hall', 'list=[1]', '-rack']);
    expect(after).toEqual({ site: 'hall', list: '[1]', 'pvr-sdk.authorized_keys': 'ssh-ed25519 A' });
  });

  it('writes nothing where nothing changed, whatever type it was given as', async () => {
    await changeUserMeta(ctrl, (own) => ({ ...own, rack: 7 }), never);
    expect(written).toEqual([]);
  });

  it.each([
    ['an empty value', ''],
    ['a value of 8000 bytes', 'x'.repeat(8000)],
  ])('%s is refused before anything is written', async (what, value) => {
    const change = changeUserMeta(ctrl, (own) => ({ ...own, site: 'hall', bad: value }), never);
    await expect(change).rejects.toMatchObject({ code: 'BAD_INPUT', data: { what: expect.stringContaining(what) } });
    expect(written).toEqual([]);
  });
});
