/** Which devices the list shows: every query parameter is a filter on a stored field (hub: devices/get-devices.go). */
import type { Claims } from './call.ts';
import { isPerson } from './call.ts';
import { ownerAsked } from './device-lookup.ts';
import { type Device, metaOf } from './device-records.ts';
import type { Hub } from './hub.ts';
import type { Json } from './json-text.ts';
import { valueAt } from './mongo-filter.ts';
import { refuse } from './reply.ts';

/** Not filters: the owner was looked at, and these are fixed before the parameters are read. */
const TAKEN = new Set(['owner', 'owner-nick', 'garbage']);

export function listedDevices(hub: Hub, caller: Claims, query: URLSearchParams): readonly Device[] {
  const asked = ownerAsked(hub, query);
  const foreign = asked !== undefined && asked.prn !== caller.prn;
  const fixed = new Set([...TAKEN, ...(foreign ? ['ispublic'] : [])]);
  let devices: readonly Device[];
  if (query.has('owner') && !asked) devices = [];
  else if (asked) devices = hub.devices.ownedBy(asked.prn).filter((device) => !foreign || device.public);
  else if (isPerson(caller)) devices = hub.devices.ownedBy(caller.prn);
  else {
    fixed.add('prn');
    devices = [hub.devices.get(caller.prn.slice(caller.prn.indexOf('/') + 1))].filter(
      (device): device is Device => device?.prn === caller.prn && !device.garbage,
    );
  }
  const tests = [...new Set(query.keys())].filter((key) => !fixed.has(key)).map((key) => testOf(key, query.get(key) ?? ''));
  return tests.length === 0 ? devices : devices.filter((device) => tests.every((test) => test(storedForm(device))));
}

function testOf(field: string, wanted: string): (stored: { readonly [key: string]: Json }) => boolean {
  if (wanted.startsWith('!')) return (stored) => valueAt(stored, field) !== wanted.slice(1);
  if (wanted.startsWith('^')) {
    const pattern = patternOf(wanted.slice(1));
    return (stored) => {
      const value = valueAt(stored, field);
      return typeof value === 'string' && pattern.test(value);
    };
  }
  return (stored) => valueAt(stored, field) === wanted;
}

/** Nothing in the text is escaped. */
function patternOf(text: string): RegExp {
  try {
    return new RegExp(`^${text}`, 'i');
  } catch {
    throw refuse(403, 'Error on fetching devices');
  }
}

/** Under the names of the database; an id and times are no strings there, so that no text equals them. */
function storedForm(device: Device): { readonly [key: string]: Json } {
  return {
    _id: { $oid: device.id },
    prn: device.prn,
    nick: device.nick,
    owner: device.owner,
    secret: device.secret,
    challenge: device.challenge,
    ispublic: device.public,
    timecreated: device.created,
    timemodified: device.modified,
    'user-meta': metaOf(device, 'userMeta'),
    'device-meta': metaOf(device, 'deviceMeta'),
  };
}
