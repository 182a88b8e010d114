import { expect, test } from 'vitest';
import { readTree } from '../../../../shared/compare/json-tree.ts';
import { checkSchema } from './check.ts';
import { schemaOf } from './index.ts';

function told(key: string, value: unknown) {
  const schema = schemaOf(key);
  if (schema === undefined) return undefined;
  const text = JSON.stringify(value);
  return checkSchema(text, readTree(text), schema).map((remark) => `${remark.pointer} ${remark.text}`);
}

const run = { '#spec': 'service-manifest-run@1', name: 'web', type: 'lxc', 'root-volume': 'root.squashfs' };

test('A run.json is held against what is known of it', () => {
  expect(told('web/run.json', run)).toEqual([]);
  expect(
    told('web/run.json', {
      ...run,
      name: '',
      volumes: 'a',
      roles: ['mgmt', 'other', 1],
      status_goal: 'RUNNING',
      storage: { x: {} },
      auto_recovery: { max_retries: -1, retry_delay: 2.5 },
      runlevel: 'app',
    }),
  ).toEqual([
    '/name It must not be empty.',
    '/volumes It must be a list in brackets.',
    '/roles/2 It is none of what is allowed here.',
    '/status_goal It must be one of "MOUNTED", "STARTED", "READY".',
    '/storage/x "persistence" is missing.',
    '/auto_recovery/max_retries It must be 0 at least.',
    '/runlevel The older way to name the group; use group.',
  ]);
  expect(told('a/b/run.json', {})).toEqual([' "name" is missing.', ' "root-volume" is missing.']);
});

test('The other documents too, each under its own key only', () => {
  expect(told('bsp/run.json', { initrd: 'pantavisor' })).toEqual([' It needs "linux" and "initrd", or "fit".']);
  expect(told('groups.json', [])).toEqual([' The list must not be empty.']);
  expect(told('groups.json', [{ name: 'app', timeout: 1.5 }])).toEqual(['/0/timeout It must be a whole number.']);
  expect(told('device.json', {})).toEqual([' "groups" is missing.']);
  expect(told('web/src.json', { '#spec': 'x' })).toEqual(['/#spec It must be "service-manifest-src@1".']);
  expect([told('web/groups.json', 1), told('run.json', 1), told('bsp/src.json', 1)]).toEqual([undefined, undefined, undefined]);
});
