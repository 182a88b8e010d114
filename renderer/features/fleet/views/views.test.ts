import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { filterDevices } from '../filter/matchFilter.ts';
import { ViewCounter } from './countViews.ts';
import { addressOf, movedView, placeIn, plainLook, type SavedView, viewOf } from './savedViews.ts';

const view = (id: string, filter = ''): SavedView => ({ ...plainLook, id, name: id, filter });
const own = [view('a', 'label:site=lab'), view('b'), view('c')];

test('An address leads to the view and the filter that it was made of', () => {
  const place = fc.record({ id: fc.constantFrom('all', 'attention', 'a', 'b'), filter: fc.string() });
  fc.assert(
    fc.property(place, (one) => {
      const search = new URLSearchParams(addressOf(one)).toString();
      expect(placeIn(search, own) ?? { id: 'all', filter: '' }).toEqual(one);
    }),
  );
});

test('A view that is not here is all devices with the filter that the address has', () => {
  expect(placeIn('view=gone&filter=rev%3A%3C12', own)).toEqual({ id: 'all', filter: 'rev:<12' });
  expect(placeIn('', own)).toBeUndefined();
  expect(viewOf('attention', own).filter).toBe('status:attention');
});

test('An own view moves among the own ones', () => {
  const ids = (id: string, step: number) =>
    movedView(own, id, step)
      .map((one) => one.id)
      .join('');
  expect([ids('a', 1), ids('c', -2), ids('b', 9), ids('gone', 1)]).toEqual(['bac', 'cab', 'acb', 'abc']);
});

const device = (id: string, revision: string) =>
  DeviceSummary.parse({
    id,
    name: id,
    demo: false,
    connection: null,
    ways: { http: { kind: 'not-configured' }, ssh: { kind: 'not-configured' }, hub: { kind: 'not-configured' } },
    labels: {},
    condition: 'up-to-date',
    running: { revision },
  });

function counted(counter: ViewCounter, devices: readonly DeviceSummary[]): readonly number[] {
  const counting = counter.count(devices);
  for (;;) {
    const step = counting.next();
    if (step.done === true) return step.value;
  }
}

test('All views are counted at once, as the filter counts each, also after a device changed', () => {
  const filters = ['', 'rev:<40', '-rev:<40', 'rev:7', 'status:failed'];
  const counter = new ViewCounter(filters);
  const devices = Array.from({ length: 2345 }, (_, index) => device(`d${index}`, String(index % 90)));
  const one = (list: readonly DeviceSummary[]) => filters.map((filter) => filterDevices(list, filter).length);
  expect(counted(counter, devices)).toEqual(one(devices));
  const changed = devices.with(3, device('d3', '7'));
  expect(counted(counter, changed)).toEqual(one(changed));
});
