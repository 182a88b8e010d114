import { expect, test } from 'vitest';
import { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { labelNames, labelsAfter, leavesLabels } from './mergeLabels.ts';
import { restartChoices } from './restartChoices.ts';

test('Labels that a change does not name stay, and one that changes nothing is known', () => {
  const change = { set: { site: 'lab', ring: '' }, remove: ['old'] };
  expect(labelsAfter({ site: 'roof', old: 'x', rack: '3' }, change)).toEqual({ site: 'lab', rack: '3', ring: '' });
  expect(
    [{ site: 'lab', ring: '' }, { site: 'lab' }, { site: 'lab', ring: '', old: '' }].map((one) => leavesLabels(one, change)),
  ).toEqual([true, false, false]);
});

test('The names of labels are counted, with the value where it is the same on all', () => {
  expect(labelNames([{ labels: { site: 'lab', ring: '1' } }, { labels: { site: 'lab', ring: '2' } }, { labels: {} }])).toEqual([
    { name: 'ring', devices: 2, value: undefined },
    { name: 'site', devices: 2, value: 'lab' },
  ]);
});

const device = (id: string, names: readonly string[], ssh: 'open' | 'silent') =>
  DeviceSummary.parse({
    id,
    name: id,
    demo: false,
    connection: { host: id, http: null, ssh: null },
    ways: {
      http: { kind: 'not-configured' },
      ssh: ssh === 'open' ? { kind: 'open', heardAt: 1 } : { kind: 'silent', since: 1 },
      hub: { kind: 'not-configured' },
    },
    labels: {},
    condition: 'up-to-date',
    containers: { total: names.length, ready: names.length, names },
  });

test('A container is restarted where its policy lets it and the device takes orders', () => {
  const devices = [device('a', ['os', 'web'], 'open'), device('b', ['os', 'web'], 'open'), device('c', ['web'], 'silent')];
  const system = (container: string) => ({ container, policy: 'system' as const, origin: 'own' as const });
  const groups = [
    { policies: [system('os')], devices: devices.slice(0, 1).map(({ id }) => id) },
    { policies: [system('os'), system('web')], devices: devices.slice(1, 2).map(({ id }) => id) },
  ];
  expect(
    restartChoices(devices, groups).map(({ targets, ...rest }) => ({ ...rest, targets: targets.map(({ id }) => String(id)) })),
  ).toEqual([
    { container: 'web', devices: 3, system: 1, outOfReach: 1, targets: ['a'] },
    { container: 'os', devices: 2, system: 2, outOfReach: 0, targets: [] },
  ]);
});
