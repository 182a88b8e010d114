import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { PolicyGroup } from '../../../shared/contract/states.ts';
import type { OwnPolicy } from '../../../shared/state/containers.ts';
import type { PolicyColumn, PolicyRow } from './policyTable.ts';

/** What is chosen: the devices by container. */
export type PolicySelection = ReadonlyMap<string, ReadonlySet<DeviceId>>;

export const nothingChosen: PolicySelection = new Map();

/** A place in the grid. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

type Cells = readonly { readonly container: string; readonly devices: readonly DeviceId[] }[];

/** The cells between two places, in any order; what a device does not have is no cell. */
export function cellsBetween(
  rows: readonly PolicyRow[],
  columns: readonly Pick<PolicyColumn, 'container'>[],
  from: Place,
  to: Place,
): Cells {
  const across = columns.slice(Math.min(from.column, to.column), Math.max(from.column, to.column) + 1);
  const down = rows.slice(Math.min(from.row, to.row), Math.max(from.row, to.row) + 1);
  return across.map(({ container }) => ({
    container,
    devices: down.filter(({ policies }) => policies.has(container)).flatMap(({ devices }) => devices),
  }));
}

/** Adds cells, or takes them out. */
export function withCells(selection: PolicySelection, cells: Cells, on: boolean): PolicySelection {
  const next = new Map(selection);
  for (const { container, devices } of cells) {
    const chosen = new Set(next.get(container));
    for (const id of devices) {
      if (on) chosen.add(id);
      else chosen.delete(id);
    }
    if (chosen.size === 0) next.delete(container);
    else next.set(container, chosen);
  }
  return next;
}

/** Whether all, some or none of the devices of a cell are chosen. */
export function chosenIn(selection: PolicySelection, container: string, devices: readonly DeviceId[]): 'all' | 'some' | 'none' {
  const chosen = selection.get(container);
  if (chosen === undefined) return 'none';
  let count = 0;
  for (const id of devices) if (chosen.has(id)) count += 1;
  return count === 0 ? 'none' : count === devices.length ? 'all' : 'some';
}

export function isAllChosen(selection: PolicySelection, cells: Cells): boolean {
  const held = cells.filter(({ devices }) => devices.length > 0);
  return held.length > 0 && held.every(({ container, devices }) => chosenIn(selection, container, devices) === 'all');
}

export interface PolicyChange {
  readonly deviceId: DeviceId;
  readonly container: string;
  readonly policy: OwnPolicy;
}

/** How many cells and devices are chosen, of those that are there now. */
export function chosenCount(
  selection: PolicySelection,
  groups: readonly PolicyGroup[],
): { readonly cells: number; readonly devices: number } {
  const devices = new Set<DeviceId>();
  let cells = 0;
  for (const { deviceId } of held(selection, groups)) {
    cells += 1;
    devices.add(deviceId);
  }
  return { cells, devices: devices.size };
}

/** What setting the chosen cells would change: those that say so themselves already are left away. */
export function changesTo(
  selection: PolicySelection,
  groups: readonly PolicyGroup[],
  policy: OwnPolicy,
): { readonly changes: readonly PolicyChange[]; readonly devices: number } {
  const changes: PolicyChange[] = [];
  const devices = new Set<DeviceId>();
  for (const { deviceId, container, own } of held(selection, groups)) {
    if (own === policy) continue;
    changes.push({ deviceId, container, policy });
    devices.add(deviceId);
  }
  return { changes, devices: devices.size };
}

function* held(
  selection: PolicySelection,
  groups: readonly PolicyGroup[],
): Generator<{ readonly deviceId: DeviceId; readonly container: string; readonly own: OwnPolicy }> {
  if (selection.size === 0) return;
  for (const { policies, devices } of groups) {
    for (const { container, policy, origin } of policies) {
      const chosen = selection.get(container);
      if (chosen === undefined) continue;
      const own = origin === 'own' ? policy : 'inherit';
      for (const deviceId of devices) if (chosen.has(deviceId)) yield { deviceId, container, own };
    }
  }
}
