import { expect, test } from 'vitest';
import { DeviceId } from '../../../../shared/contract/ids.ts';
import { groupRows, unreadableId } from './groupRows.ts';
import type { FleetGroup } from './groups.ts';

const device = (name: string) => ({ id: DeviceId.parse(name), name, revision: '1' });
const group = (id: string, ...names: readonly string[]): FleetGroup => ({
  id,
  sha: id,
  outcome: 'none',
  devices: names.map(device),
  differing: 1,
  parts: [],
  forecast: undefined,
});
const groups = [group('/a', 'x', 'y'), group('/b', 'z')];
const ids = (...options: readonly [readonly string[], boolean]) =>
  groupRows(groups, [device('silent')], new Set(options[0]), options[1]).map(({ id }) => id);

test('devices stand under the groups that are open, those that can’t be read at the end', () => {
  expect(ids([], false)).toEqual(['/a', '/b', unreadableId]);
  expect(ids(['/b', unreadableId], false)).toEqual(['/a', '/b', 'z', unreadableId, 'silent']);
  expect(ids([], true)).toEqual(['/a', 'x', 'y', '/b', 'z', unreadableId, 'silent']);
  expect(groupRows(groups, [], new Set(), false)).toHaveLength(2);
});
