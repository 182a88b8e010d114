import { useRef } from 'react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';

type Devices = ReadonlyMap<string, DeviceSummary>;

/** The names of all devices: the same object until one of them is another. A fleet changes many times a second, its names hardly ever. */
export function useNames(devices: Devices | undefined): ReadonlyMap<string, string> {
  const last = useRef<{ readonly of: Devices | undefined; readonly names: ReadonlyMap<string, string> }>(undefined);
  if (last.current === undefined || last.current.of !== devices) {
    const known = last.current?.names;
    last.current = { of: devices, names: known !== undefined && sameNames(known, devices) ? known : namesOf(devices) };
  }
  return last.current.names;
}

/** The ids of rows: the same set as long as it has the same ids. */
export function useSteadyIds(rows: readonly DeviceSummary[] | undefined): ReadonlySet<string> | undefined {
  const last = useRef<ReadonlySet<string>>(undefined);
  if (rows === undefined) last.current = undefined;
  else {
    const known = last.current;
    const same = known !== undefined && known.size === rows.length && rows.every(({ id }) => known.has(id));
    if (!same) last.current = new Set(rows.map(({ id }) => id));
  }
  return last.current;
}

function namesOf(devices: Devices | undefined): ReadonlyMap<string, string> {
  return new Map([...(devices ?? [])].map(([id, { name }]) => [id, name]));
}

function sameNames(names: ReadonlyMap<string, string>, devices: Devices | undefined): boolean {
  if (names.size !== (devices?.size ?? 0)) return false;
  for (const [id, { name }] of devices ?? []) if (names.get(id) !== name) return false;
  return true;
}
