import { describe, expect, test } from 'vitest';
import { partOf, partsOf } from './parts.ts';
import { parseState } from './state.ts';

describe('partOf', () => {
  const folders = new Map([
    ['web', 'web'],
    ['folder', 'named'],
    ['web/inner', 'inner'],
  ]);

  test.each([
    ['bsp/kernel.img', 'bsp'],
    ['bsp/run.json', 'bsp'],
    ['_sigs/bsp.json', 'bsp'],
    ['web/root.squashfs', 'container:web'],
    ['web/a/b/c', 'container:web'],
    ['_config/web/etc/hosts', 'container:web'],
    ['_config/named/etc/hosts', 'container:named'],
    ['_sigs/web.json', 'container:web'],
    ['folder/root.squashfs', 'container:named'],
    ['web/inner/root.squashfs', 'container:inner'],
    ['web', 'container:web'],
    ['groups.json', 'root'],
    ['webapp/file', 'root'],
    ['_config/nobody/x', 'root'],
    ['_sigs/device.json', 'root'],
    ['_hostconfig/x', 'root'],
    ['', 'root'],
  ])('%s → %s', (key, id) => {
    expect(partOf(key, folders).id).toBe(id);
  });
});

test('partsOf lists what there are entries for: bsp first, root last', () => {
  const parsed = parseState(
    '{"z.json":1,"b/run.json":{"name":"b"},"a/run.json":{"name":"a"},"bsp/run.json":{},"no/run.json":{}}',
  );
  if (!parsed.ok) throw new Error(parsed.reason);
  expect(partsOf(parsed.state)).toEqual([
    { kind: 'bsp', id: 'bsp' },
    { kind: 'container', id: 'container:b', name: 'b', folder: 'b' },
    { kind: 'container', id: 'container:a', name: 'a', folder: 'a' },
    { kind: 'root', id: 'root' },
  ]);
});
