import { expect, test } from 'vitest';
import { containerRows, meaningOfContainer } from './containerRows.ts';
import { stateRows } from './stateRows.ts';

const object = 'ab12'.repeat(16);
const text = JSON.stringify({
  '#spec': 'pantavisor-service-system@1',
  '_config/web/etc/motd': object,
  'bsp/run.json': { linux: 'kernel.img' },
  'disks.json': {},
  'os/run.json': { name: 'os', type: 'lxc', restart_policy: 'system' },
  'web/root.squashfs': object,
  'web/run.json': { name: 'web', type: 'lxc', group: 'app' },
});

test('Entries stand under their part: bsp, containers by name, then what belongs to none', () => {
  const rows = stateRows(text);
  expect(rows.kind === 'rows' && rows.rows.map(({ part, firstOfPart, entry }) => [firstOfPart ? part : '', entry.key])).toEqual([
    ['bsp', 'bsp/run.json'],
    ['os', 'os/run.json'],
    ['web', '_config/web/etc/motd'],
    ['', 'web/root.squashfs'],
    ['', 'web/run.json'],
    ['no part', 'disks.json'],
  ]);
});

test('A state that can’t be read says why', () => {
  expect(stateRows('[').kind).toBe('unreadable');
});

test('A container’s restart policy says where it comes from, as far as the state is known', () => {
  const reports = [
    { name: 'os', status: 'STARTED', restartPolicy: 'system', roles: [] },
    { name: 'web', status: 'READY', restartPolicy: 'container', roles: [] },
    { name: 'gone', status: 'STOPPED', roles: [] },
  ];
  const words = (state: string | undefined) =>
    containerRows(reports, state).map(({ policy, policyFrom }) => [policy, policyFrom]);
  expect(words(text)).toEqual([
    ['system', 'own'],
    ['container', 'from group app'],
    [undefined, undefined],
  ]);
  expect(words(undefined)).toEqual([
    ['system', undefined],
    ['container', undefined],
    [undefined, undefined],
  ]);
});

test('A status that nobody knows is shown without a meaning', () => {
  expect([meaningOfContainer('ready'), meaningOfContainer('RECOVERING'), meaningOfContainer('NEWER')]).toEqual([
    'ok',
    'error',
    'none',
  ]);
});
