import { expect, test } from 'vitest';
import { FleetDifferences } from '../../../../shared/contract/states.ts';
import { forecastText } from '../../../../shared/forecast/sentence.ts';
import { everyGroup, filteredFleetGroups, fleetGroups, outcomeCounts } from './groups.ts';

const device = (name: string, revision: string) => ({ id: `id-${name}`, name, revision });
const move = { restarts: [], starts: [], stops: [], kind: 'move' };

const differences = FleetDifferences.parse({
  progress: { read: 5, of: 6, unreadable: ['x'] },
  groups: [
    {
      sha: 'aa',
      devices: [device('attic', '7'), device('cellar', '7')],
      changes: [
        { key: 'web/src.json', kind: 'formatting', part: 'web' },
        { key: 'bsp/kernel.img', kind: 'changed', part: 'bsp' },
      ],
      forecast: { ...move, transition: 'reboot', checkpoint: true, reasons: [{ key: 'bsp/kernel.img', rule: 'why' }] },
    },
    {
      sha: 'bb',
      devices: [device('hall', '9')],
      changes: [],
      forecast: { ...move, transition: 'non-reboot', checkpoint: false, reasons: [] },
    },
    {
      sha: 'aa',
      devices: [device('shed', '8')],
      changes: [
        { key: 'web/root.squashfs', kind: 'added', part: 'web' },
        { key: '_sigs/web.json', kind: 'removed', part: 'web' },
      ],
      forecast: {
        ...move,
        transition: 'non-reboot',
        checkpoint: false,
        restarts: ['web'],
        reasons: [{ key: 'web/root.squashfs', rule: 'why' }],
      },
    },
    { sha: 'cc', devices: [device('yard', '1')], changes: [{ key: 'os.json', kind: 'changed', part: 'none' }] },
  ],
});
const groups = fleetGroups(differences);

test('each group says what moving to the reference amounts to, and what differs by part', () => {
  expect(groups.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
    '/aa reboot',
    '/bb same',
    '/aa:1 restart',
    '/cc undefined',
  ]);
  expect(groups[0]?.parts.map(({ part, effect }) => [part, effect])).toEqual([
    ['bsp', 'reboot'],
    ['web', undefined],
  ]);
  expect(groups[2]?.parts[0]?.changes.map(({ key, effect }) => [key, effect])).toEqual([
    ['web/root.squashfs', 'restart'],
    ['_sigs/web.json', 'none'],
  ]);
  expect(groups.map(({ forecast }) => forecast && forecastText(forecast))).toEqual([
    'Reboots the board. 1 of 2 changes forces it: bsp/kernel.img.',
    undefined,
    'Restarts web, no reboot. Becomes a checkpoint at the next reboot.',
    undefined,
  ]);
  expect([...outcomeCounts(groups)]).toEqual([
    ['reboot', 2],
    ['same', 1],
    ['restart', 1],
  ]);
});

test('words are looked for in what differs, and else in the devices', () => {
  const shown = (text: string) =>
    filteredFleetGroups(groups, { ...everyGroup, text }).map(
      ({ id, devices }) => `${id} ${devices.map(({ name }) => name).join()}`,
    );
  expect(shown('KERNEL')).toEqual(['/aa attic,cellar']);
  expect(shown('cellar 7')).toEqual(['/aa cellar']);
  expect(shown('attic 9')).toEqual([]);
  expect(filteredFleetGroups(groups, { text: '', outcomes: new Set(['same']) }).map(({ id }) => id)).toEqual(['/bb']);
});
