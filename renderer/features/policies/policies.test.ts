import { describe, expect, it } from 'vitest';
import { DeviceId } from '../../../shared/contract/ids.ts';
import type { ContainerPolicy, PolicyGroup } from '../../../shared/contract/states.ts';
import { cellsBetween, changesTo, chosenCount, chosenIn, nothingChosen, withCells } from './policySelection.ts';
import { type PolicyView, policyTable } from './policyTable.ts';

const id = (name: string) => DeviceId.parse(name);
const policy = (
  container: string,
  of: ContainerPolicy['policy'],
  origin: ContainerPolicy['origin'] = 'group',
): ContainerPolicy => ({
  container,
  policy: of,
  origin,
  ...(origin === 'group' && { group: 'platform' }),
});
const groups: readonly PolicyGroup[] = [
  { policies: [policy('db', 'system'), policy('web', 'container', 'own')], devices: [id('d10'), id('d9')] },
  { policies: [policy('web', 'system')], devices: [id('e1'), id('e2'), id('e3')] },
  { policies: [policy('cam', 'container')], devices: [id('f1')] },
];
const view: PolicyView = {
  found: undefined,
  nameOf: String,
  containers: '',
  kind: 'all',
  grouped: true,
  open: new Set(),
};

describe('the table', () => {
  it('has the largest group first, single devices as themselves, and tallies for each container', () => {
    const table = policyTable(groups, view);
    expect(table.rows.map(({ kind, devices }) => [kind, ...devices])).toEqual([
      ['group', 'e1', 'e2', 'e3'],
      ['group', 'd9', 'd10'],
      ['device', 'f1'],
    ]);
    expect(table.columns).toEqual([
      { container: 'web', system: 3, own: 2, devices: 5 },
      { container: 'db', system: 2, own: 0, devices: 2 },
      { container: 'cam', system: 0, own: 0, devices: 1 },
    ]);
    expect([table.groups, table.devices]).toEqual([3, 6]);
  });
  it('shows the devices of an open group below it, and all of them by name where they are not grouped', () => {
    const [first] = policyTable(groups, view).rows;
    const opened = policyTable(groups, { ...view, open: new Set([first?.key ?? '']) });
    expect(opened.rows.map(({ nested }) => nested)).toEqual([false, true, true, true, false, false]);
    const flat = policyTable(groups, { ...view, grouped: false });
    expect(flat.rows.map(({ key }) => key)).toEqual(['d9', 'd10', 'e1', 'e2', 'e3', 'f1']);
  });
  it('keeps what a filter finds: devices, containers, kinds of policies', () => {
    const found = policyTable(groups, { ...view, found: new Set(['d9', 'e1']) });
    expect(found.rows.map(({ key }) => key)).toEqual(['d9', 'e1']);
    expect(policyTable(groups, { ...view, containers: 'WE' }).columns.map(({ container }) => container)).toEqual(['web']);
    const own = policyTable(groups, { ...view, kind: 'own' });
    expect([own.rows.length, own.columns.map(({ container }) => container)]).toEqual([1, ['web']]);
  });
});

describe('a selection', () => {
  const { rows, columns } = policyTable(groups, view);
  const all = cellsBetween(rows, columns, { row: 2, column: 2 }, { row: 0, column: 0 });

  it('takes the devices of every cell between two places, and none that are not there', () => {
    const chosen = withCells(nothingChosen, all, true);
    expect(chosenCount(chosen, groups)).toEqual({ cells: 8, devices: 6 });
    expect(chosenIn(chosen, 'db', [id('d9'), id('d10')])).toBe('all');
    expect(chosenIn(chosen, 'db', [id('e1')])).toBe('none');
    const without = withCells(chosen, [{ container: 'db', devices: [id('d9')] }], false);
    expect(chosenIn(without, 'db', [id('d9'), id('d10')])).toBe('some');
    expect(withCells(chosen, all, false)).toEqual(nothingChosen);
  });
  it('changes what does not say so itself already', () => {
    const chosen = withCells(nothingChosen, all, true);
    expect(changesTo(chosen, groups, 'container')).toMatchObject({ devices: 6, changes: { length: 6 } });
    expect(changesTo(chosen, groups, 'inherit').changes).toEqual([
      { deviceId: 'd10', container: 'web', policy: 'inherit' },
      { deviceId: 'd9', container: 'web', policy: 'inherit' },
    ]);
  });
  it('leaves away what is not in the fleet any more', () => {
    const chosen = withCells(nothingChosen, [{ container: 'web', devices: [id('gone')] }], true);
    expect(changesTo(chosen, groups, 'system').changes).toEqual([]);
  });
});
