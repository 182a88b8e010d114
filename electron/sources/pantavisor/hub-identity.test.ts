import { describe, expect, it } from 'vitest';
import { readHubIdentity } from './hub-identity.ts';

const id = '5f3c1a2b4d5e6f7a8b9c0d1e';
const read = (text: string) => readHubIdentity(new TextEncoder().encode(text));

describe('who a device is on its hub', () => {
  it.each([
    ['waits to be claimed', `${id}\n\nslowly-easy-fox\n`, { deviceId: id, challenge: 'slowly-easy-fox' }],
    ['is claimed', `${id}\n\n`, { deviceId: id }],
    ['is claimed, with an empty file', `${id}\n\n\n`, { deviceId: id }],
    ['is on none', '\n', undefined],
    ['is on none, with an empty id', '\n\n\n', undefined],
    ['says something else', 'cat: no such file\n', undefined],
  ])('one that %s', (_what, printed, identity) => {
    expect(read(printed)).toEqual(identity);
  });
});
