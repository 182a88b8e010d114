import type { HubDeviceId } from '../../../shared/contract/hub.ts';
import type { HubApi } from './api.ts';
import { checkKeys } from './dots.ts';
import type { HubClient, HubDevice } from './hub.ts';
import { Meta as MetaReply } from './wire-values.ts';
import { hubError } from './words.ts';

type Meta = Readonly<Record<string, unknown>>;

/** So often it is begun anew when others write at the same time. */
const mostTries = 6;
const unchanged = 'The metadata is as others left it.';

/**
 * Changes a device's own user-meta and loses as little as the hub allows of what others write meanwhile. Sets go as PATCH, which
 * touches these keys only. Deleting a key takes a PUT of the whole map, since null is stored as null (hub: devices/user-meta-device.go):
 * it is sent right after the map was read, and read again afterwards. What somebody writes between that reading and the PUT, one
 * round trip, the hub can't keep.
 */
export function userMetaCall(
  api: HubApi,
  device: (id: HubDeviceId, signal: AbortSignal) => Promise<HubDevice>,
): HubClient['changeUserMeta'] {
  // The list has the device's own map; GET …/user-meta merges the profile's into it, which must not be written back.
  const own = async (id: HubDeviceId, signal: AbortSignal): Promise<Meta> => (await device(id, signal)).userMeta;

  const write = async (id: HubDeviceId, method: 'PATCH' | 'PUT', map: Meta, signal: AbortSignal): Promise<void> => {
    const intent = { doing: 'to store the device’s metadata', unchanged };
    await api.json({ method, path: `/devices/${id}/user-meta`, json: map, signal }, MetaReply, intent);
  };

  return async (id, change, signal) => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const before = await own(id, signal);
      const wanted = change(before);
      const { sets, deletes } = differences(before, wanted);
      if (Object.keys(sets).length === 0 && deletes.length === 0) return before;
      checkKeys(Object.keys(sets));
      checkValues(sets);
      if (Object.keys(sets).length > 0) await write(id, 'PATCH', sets, signal);
      if (deletes.length > 0) await write(id, 'PUT', without({ ...(await own(id, signal)), ...sets }, deletes), signal);
      const after = await own(id, signal);
      if (
        deletes.every((key) => !Object.hasOwn(after, key)) &&
        Object.entries(sets).every(([key, value]) => same(after[key], value))
      )
        return after;
    }
    throw hubError('CONFLICT', {
      what: 'Somebody else keeps changing the metadata of this device.',
      unchanged: 'What was written last by anybody holds.',
      next: 'Look at the metadata as it is now, and try again.',
    });
  };
}

function differences(before: Meta, wanted: Meta): { readonly sets: Meta; readonly deletes: readonly string[] } {
  const sets = Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => !Object.hasOwn(before, key) || !same(before[key], value)),
  );
  return { sets, deletes: Object.keys(before).filter((key) => !Object.hasOwn(wanted, key)) };
}

function without(map: Meta, keys: readonly string[]): Meta {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

/** Equal as JSON, whatever the order of the keys. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function checkValues(sets: Meta): void {
  const key = Object.keys(sets).find((name) => sets[name] === null || sets[name] === undefined);
  if (key === undefined) return;
  throw hubError('BAD_INPUT', {
    what: `“${key}” has no value: the hub would store that as one.`,
    unchanged,
    next: 'Delete the key instead.',
  });
}
