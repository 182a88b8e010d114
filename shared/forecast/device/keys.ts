import type { EntryRole } from './model.ts';
import { DaemonCrash } from './verdicts.ts';

/** Entries that the device reads by name before all others. */
export const reservedKeys = [
  'bsp/run.json',
  'bsp/drivers.json',
  'disks.json',
  'disks_v3.json',
  'groups.json',
  'device.json',
] as const;

/** What the device makes of an entry, by its key alone but for the last step. Source: pantavisor parser/parser_system1.c, system1_parse_objects. */
export function roleOf(key: string, value: string): EntryRole {
  if (key === '#spec') return 'specification';
  if (reservedKeys.some((reserved) => reserved === key)) return 'reserved';
  // The comparison stops at the end of the key, so that any beginning of a reserved name counts as that name.
  if ([...reservedKeys, '#spec'].some((reserved) => reserved.startsWith(key))) return 'reserved-prefix';
  if (key.endsWith('/run.json')) return 'manifest';
  if (key.endsWith('/services.json')) return 'services';
  if (key.endsWith('/src.json') || key.endsWith('/build.json')) return 'tool-file';
  if (key.startsWith('_sigs/')) return 'signature';
  return key.endsWith('.json') && !isSha256(value) ? 'json' : 'object';
}

/**
 * The name of the container that would own an entry: the first part of its path, or the second behind `_config`.
 * `undefined`: the key is `_config` alone. Source: pantavisor parser/parser_system1.c, system1_link_object_json_platforms.
 * @throws DaemonCrash where the key has no part at all
 */
export function ownerName(key: string): string | undefined {
  const [first, second] = pathOf(key);
  if (first === undefined) throw new DaemonCrash(`the key "${key}" has nothing but slashes`);
  return first === '_config' ? second : first;
}

/** The parts of a key's path; slashes at the beginning, and several in a row, count for nothing. */
export function pathOf(key: string): readonly string[] {
  return key.split('/').filter((part) => part !== '');
}

function isSha256(value: string): boolean {
  return /^[0-9a-fA-F]{64}$/.test(value);
}
