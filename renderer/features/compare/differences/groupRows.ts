import type { DeviceId } from '../../../../shared/contract/ids.ts';
import type { FleetDevice, FleetGroup } from './groups.ts';

/** A row of the list: a group, a device of it, or a device whose state could not be read. */
export type GroupRow =
  | { readonly kind: 'part'; readonly id: string; readonly open: boolean; readonly group: FleetGroup }
  | { readonly kind: 'part'; readonly id: typeof unreadableId; readonly open: boolean; readonly count: number }
  | { readonly kind: 'entry'; readonly id: string; readonly group: FleetGroup; readonly device: FleetDevice }
  | { readonly kind: 'entry'; readonly id: string; readonly unreadable: NamedDevice };

export interface NamedDevice {
  readonly id: DeviceId;
  readonly name: string;
}

export const unreadableId = '/unreadable';

/** The rows for the groups that are open. A search opens all. */
export function groupRows(
  groups: readonly FleetGroup[],
  unreadable: readonly NamedDevice[],
  opened: ReadonlySet<string>,
  searching: boolean,
): readonly GroupRow[] {
  const rows = groups.flatMap((group): readonly GroupRow[] => {
    const open = searching || opened.has(group.id);
    const head: GroupRow = { kind: 'part', id: group.id, open, group };
    return open ? [head, ...group.devices.map((device): GroupRow => ({ kind: 'entry', id: device.id, group, device }))] : [head];
  });
  if (unreadable.length === 0) return rows;
  const open = searching || opened.has(unreadableId);
  const head: GroupRow = { kind: 'part', id: unreadableId, open, count: unreadable.length };
  const devices = open ? unreadable.map((device): GroupRow => ({ kind: 'entry', id: device.id, unreadable: device })) : [];
  return [...rows, head, ...devices];
}
