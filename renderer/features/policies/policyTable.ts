import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { ContainerPolicy, PolicyGroup } from '../../../shared/contract/states.ts';

/** A container, and how many of the devices that are shown have it under which policy. */
export interface PolicyColumn {
  readonly container: string;
  readonly system: number;
  readonly own: number;
  readonly devices: number;
}

/** Devices under the same policies, or one of them. */
export interface PolicyRow {
  readonly key: string;
  readonly kind: 'group' | 'device';
  readonly policies: ReadonlyMap<string, ContainerPolicy>;
  /** Sorted by name. */
  readonly devices: readonly DeviceId[];
  /** It stands below its group. */
  readonly nested: boolean;
  readonly open: boolean;
}

export const policyKinds = ['all', 'system', 'container', 'own', 'inherited'] as const;
export type PolicyKind = (typeof policyKinds)[number];

export interface PolicyView {
  /** Devices that the filter finds; undefined for all. */
  readonly found: ReadonlySet<string> | undefined;
  readonly nameOf: (id: DeviceId) => string;
  /** A part of a container's name. */
  readonly containers: string;
  readonly kind: PolicyKind;
  readonly grouped: boolean;
  /** Groups that are expanded, by key. */
  readonly open: ReadonlySet<string>;
}

export interface PolicyTable {
  readonly columns: readonly PolicyColumn[];
  readonly rows: readonly PolicyRow[];
  readonly groups: number;
  readonly devices: number;
}

/** Whether a policy is of the kind that is asked for. */
export function isOfKind({ policy, origin }: ContainerPolicy, kind: PolicyKind): boolean {
  switch (kind) {
    case 'all':
      return true;
    case 'own':
      return origin === 'own';
    case 'inherited':
      return origin !== 'own';
    case 'system':
    case 'container':
      return policy === kind;
  }
}

/** Rows and columns that are left of the fleet's policies. What most devices have comes first, in rows as in columns. */
export function policyTable(groups: readonly PolicyGroup[], view: PolicyView): PolicyTable {
  const wanted = view.containers.trim().toLowerCase();
  const isColumn = (one: ContainerPolicy) => one.container.toLowerCase().includes(wanted) && isOfKind(one, view.kind);
  const shown = groups
    .map(({ policies, devices }) => ({ policies, devices: view.found ? devices.filter((id) => view.found?.has(id)) : devices }))
    .filter(({ policies, devices }) => devices.length > 0 && policies.some(isColumn))
    .map((group) => ({ ...group, first: first(group.devices, view.nameOf) }))
    .sort((a, b) => b.devices.length - a.devices.length || byName(a.first, b.first));
  const names = new Set(shown.flatMap(({ policies }) => policies.filter(isColumn).map(({ container }) => container)));
  return {
    columns: [...names].map((container) => columnOf(container, shown)).sort(mostFirst),
    rows: view.grouped ? groupedRows(shown, view) : flatRows(shown, view),
    groups: shown.length,
    devices: shown.reduce((sum, { devices }) => sum + devices.length, 0),
  };
}

function mostFirst(a: PolicyColumn, b: PolicyColumn): number {
  return b.devices - a.devices || byName(a.container, b.container);
}

function first(ids: readonly DeviceId[], nameOf: PolicyView['nameOf']): string {
  return ids.map(nameOf).reduce((least, name) => (byName(name, least) < 0 ? name : least));
}

function columnOf(container: string, groups: readonly PolicyGroup[]): PolicyColumn {
  let [system, own, devices] = [0, 0, 0];
  for (const group of groups) {
    const policy = group.policies.find((one) => one.container === container);
    if (policy === undefined) continue;
    devices += group.devices.length;
    if (policy.policy === 'system') system += group.devices.length;
    if (policy.origin === 'own') own += group.devices.length;
  }
  return { container, system, own, devices };
}

function groupedRows(groups: readonly PolicyGroup[], { nameOf, open }: PolicyView): readonly PolicyRow[] {
  return groups.flatMap((group): readonly PolicyRow[] => {
    const policies = byContainer(group);
    const devices = sortedBy(group.devices, nameOf);
    const [only] = devices;
    if (devices.length === 1 && only !== undefined) return [deviceRow(only, policies, false)];
    const key = keyOf(group);
    const isOpen = open.has(key);
    const head: PolicyRow = { key, kind: 'group', policies, devices, nested: false, open: isOpen };
    return isOpen ? [head, ...devices.map((id) => deviceRow(id, policies, true))] : [head];
  });
}

function flatRows(groups: readonly PolicyGroup[], { nameOf }: PolicyView): readonly PolicyRow[] {
  const rows = groups.flatMap((group) => {
    const policies = byContainer(group);
    return group.devices.map((id) => ({ name: nameOf(id), row: deviceRow(id, policies, false) }));
  });
  return rows.sort((a, b) => byName(a.name, b.name)).map(({ row }) => row);
}

function deviceRow(id: DeviceId, policies: PolicyRow['policies'], nested: boolean): PolicyRow {
  return { key: id, kind: 'device', policies, devices: [id], nested, open: false };
}

/** The same for devices under the same policies, whichever and how many they are. */
function keyOf({ policies }: PolicyGroup): string {
  return policies.map(({ container, policy, origin, group }) => [container, policy, origin, group].join('\t')).join('\n');
}

function byContainer({ policies }: PolicyGroup): PolicyRow['policies'] {
  return new Map(policies.map((policy) => [policy.container, policy]));
}

function sortedBy(ids: readonly DeviceId[], nameOf: PolicyView['nameOf']): readonly DeviceId[] {
  return ids
    .map((id) => ({ id, name: nameOf(id) }))
    .sort((a, b) => byName(a.name, b.name))
    .map(({ id }) => id);
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function byName(a: string, b: string): number {
  return collator.compare(a, b);
}
