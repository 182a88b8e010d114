import { expect, test } from 'vitest';
import { DeviceSummary, type FleetEvent } from '../../../shared/contract/fleet.ts';
import { matchesFilter } from './deviceFilter.ts';
import { type FleetView, reduceFleet } from './fleetView.ts';

function device(id: string, more: Partial<DeviceSummary> = {}): DeviceSummary {
  const plain = {
    id,
    name: `greenhouse ${id}`,
    demo: false,
    connection: { host: '10.0.0.7', http: null, ssh: null },
    ways: { http: { kind: 'not-configured' }, ssh: { kind: 'not-configured' }, hub: { kind: 'not-configured' } },
    labels: {},
    condition: 'up-to-date',
  };
  return { ...DeviceSummary.parse(plain), ...more };
}

function after(events: readonly FleetEvent[]): FleetView | undefined {
  return events.reduce<FleetView | undefined>(reduceFleet, undefined);
}

const snapshot = (...ids: string[]): FleetEvent => ({ kind: 'snapshot', demo: false, devices: ids.map((id) => device(id)) });

test('Changes build on the snapshot', () => {
  const view = after([
    snapshot('a', 'b'),
    { kind: 'changed', devices: [device('b', { name: 'renamed' }), device('c'), device('d')] },
    { kind: 'removed', ids: [device('a').id, device('d').id] },
    { kind: 'demo', running: true },
  ]);
  expect([...(view?.devices.values() ?? [])].map(({ name }) => name)).toEqual(['renamed', 'greenhouse c']);
  expect(view?.demo).toBe(true);
});

test('A second snapshot replaces everything that was known before the break', () => {
  expect([...(after([snapshot('a', 'b'), snapshot('b')])?.devices.keys() ?? [])]).toEqual(['b']);
});

test('A device that did not change stays the same object, so that its row is not drawn again', () => {
  const before = after([snapshot('a', 'b')]);
  const next = reduceFleet(before, { kind: 'changed', devices: [device('b', { name: 'renamed' })] });
  expect(next.devices.get('a')).toBe(before?.devices.get('a'));
});

test('Every word of the filter has to be somewhere in the row', () => {
  const row = device('3', { board: 'Raspberry Pi 4', running: { revision: 'locals/fix-dns', message: 'Fix DNS' } });
  const hits = ['', 'green', 'GREEN pi', '10.0.0', 'fix-dns', 'up to date'].map((filter) => matchesFilter(row, filter));
  expect(hits).toEqual([true, true, true, true, true, true]);
  expect(matchesFilter(row, 'green toradex')).toBe(false);
});
