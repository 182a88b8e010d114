import { expect, test } from 'vitest';
import { DeviceSummary, type FleetEvent } from '../../../shared/contract/fleet.ts';
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
  return events.reduce<FleetView | undefined>((view, event) => reduceFleet(view, [event]), undefined);
}

const snapshot = (...ids: string[]): FleetEvent => ({
  kind: 'snapshot',
  demo: false,
  total: ids.length,
  devices: ids.map((id) => device(id)),
});

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
  const next = reduceFleet(before, [{ kind: 'changed', devices: [device('b', { name: 'renamed' })] }]);
  expect(next.devices.get('a')).toBe(before?.devices.get('a'));
});

const firstOf = (total: number, ...ids: string[]): FleetEvent => ({ ...snapshot(...ids), total }) as FleetEvent;
const changed = (...ids: string[]): FleetEvent => ({ kind: 'changed', devices: ids.map((id) => device(id)) });
const shown = (view: FleetView | undefined) => ({
  ids: [...(view?.devices.keys() ?? [])],
  total: view?.total,
  complete: view?.complete,
});

test('A large fleet is complete when the backend says so; until then it tells how many there are', () => {
  const events: FleetEvent[] = [
    firstOf(5, 'a', 'b'),
    changed('c'),
    { kind: 'removed', ids: [device('d').id] },
    changed('e'),
    { kind: 'complete' },
    { kind: 'removed', ids: [device('e').id] },
  ];
  expect(events.map((_, at) => shown(after(events.slice(0, at + 1))))).toEqual([
    { ids: ['a', 'b'], total: 5, complete: false },
    { ids: ['a', 'b', 'c'], total: 5, complete: false },
    { ids: ['a', 'b', 'c'], total: 4, complete: false },
    { ids: ['a', 'b', 'c', 'e'], total: 4, complete: false },
    { ids: ['a', 'b', 'c', 'e'], total: 4, complete: true },
    { ids: ['a', 'b', 'c'], total: 3, complete: true },
  ]);
});

test('Subscribing anew takes nothing from the screen before all was told again', () => {
  const before = [firstOf(3, 'a', 'b'), changed('c'), { kind: 'complete' } as const];
  const events: FleetEvent[] = [firstOf(3, 'b'), changed('d'), changed('a'), { kind: 'complete' }];
  expect(events.map((_, at) => shown(after([...before, ...events.slice(0, at + 1)])))).toEqual([
    { ids: ['a', 'b', 'c'], total: 3, complete: true },
    { ids: ['a', 'b', 'c', 'd'], total: 4, complete: true },
    { ids: ['a', 'b', 'c', 'd'], total: 4, complete: true },
    { ids: ['a', 'b', 'd'], total: 3, complete: true },
  ]);
});

test('What changes nothing leaves the very same view', () => {
  const view = after([snapshot('a')]);
  expect(reduceFleet(view, [])).toBe(view);
  expect(
    reduceFleet(view, [
      { kind: 'removed', ids: [device('x').id] },
      { kind: 'demo', running: false },
    ]),
  ).toBe(view);
});

test('A thousand changes make one view, in which the other thousands are the same objects', () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => `d${index}`);
  const before = after([snapshot(...ids)]);
  const changed = ids.filter((_, index) => index % 10 === 0).map((id) => device(id, { board: 'new' }));
  const next = reduceFleet(before, [{ kind: 'changed', devices: changed }]);
  const same = ids.filter((id) => next.devices.get(id) === before?.devices.get(id));
  expect([next.devices.size, same.length, [...next.devices.keys()].at(-1)]).toEqual([10_000, 9000, 'd9999']);
});
