/** How a device comes to the hub and to an owner: registering, and being claimed (hub: devices/post-device.go, put-device.go). */
import { randomBytes } from 'node:crypto';
import { bodyMap, type Call, callerOf, param } from './call.ts';
import { type Device, deviceText, isDeviceNick, metaOf, withMeta } from './device-records.ts';
import type { Hub } from './hub.ts';
import { devicePrn, isObjectId, newObjectId, newSecret, petName } from './ids.ts';
import { joinTokenOf } from './join-tokens.ts';
import { goMap, type JsonMap, mapAt, quoteDots, stringAt } from './json-text.ts';
import { answer, type Reply, refuse } from './reply.ts';
import { storedTime } from './times.ts';

/** By a device that nobody owns yet, by one with a join token, or by a person for a device to come. */
export async function register(hub: Hub, call: Call): Promise<Reply> {
  if (!call.headers['user-agent']) {
    throw refuse(403, 'No Access (DOS) - no UserAgent', 'Incompatible Client; upgrade pantavisor');
  }
  const body = await bodyMap(call);
  const belonging = call.claims ? personsDevice(call.claims.prn, body) : newcomer(hub, call, body);
  const id = newObjectId(hub.now());
  const now = hub.now();
  const device: Device = {
    id,
    prn: devicePrn(id),
    nick: stringAt(body, 'nick') || firstNick(belonging.owner),
    secret: stringAt(body, 'secret') || newSecret(),
    public: false,
    garbage: false,
    created: now,
    modified: now,
    ...belonging,
  };
  if (!isDeviceNick(device.nick)) throw refuse(400, 'Invalid Device Nick');
  if (!hub.devices.insert(device)) throw refuse(409, 'duplicate key', 'device already exists');
  return answer(deviceText(device, { metas: 'plain-user-only', fresh: 'both' }));
}

type Belonging = Pick<Device, 'owner' | 'challenge' | 'userMeta' | 'deviceMeta'>;

function personsDevice(owner: string, body: JsonMap): Belonging {
  return { owner, challenge: '', userMeta: goMap(quoteDots(mapAt(body, 'user-meta') ?? {})), deviceMeta: '{}' };
}

function newcomer(hub: Hub, call: Call, body: JsonMap): Belonging {
  const deviceMeta = goMap(quoteDots(mapAt(body, 'device-meta') ?? {}));
  const sent = call.headers['pantahub-devices-auto-token-v1'];
  if (typeof sent === 'string' && sent !== '') {
    const token = joinTokenOf(hub, sent);
    if (!token) throw refuse(400, 'Error using AutoAuthToken');
    return { owner: token.owner, challenge: '', userMeta: goMap(token.userMeta ?? {}), deviceMeta };
  }
  return { owner: '', challenge: petName(3, '-'), userMeta: '{}', deviceMeta };
}

function firstNick(owner: string): string {
  if (owner !== '') return petName(3, '_');
  return `__unregistered__${petName(1, '_')}_${randomBytes(5).toString('hex')}`;
}

/**
 * A claim where the query has the device's challenge; else an update of the whole device. The answer has the secret.
 * A wrong challenge and someone else's device are both 403.
 */
export async function claimOrUpdate(hub: Hub, call: Call): Promise<Reply> {
  const caller = callerOf(call);
  const id = param(call, 'id');
  if (!isObjectId(id)) throw refuse(500, 'Invalid Hex');
  const device = hub.devices.get(id);
  if (!device) throw refuse(404, 'Device not found');
  const isDevice = caller.type === 'DEVICE';
  if (isDevice && device.prn !== caller.prn) throw refuse(403, 'Not Device Accessible Resource Id');
  if (!isDevice && device.owner !== '' && device.owner !== caller.prn) throw refuse(403, 'Not User Accessible Resource Id');

  const updated = updatedBy(device, await bodyMap(call), isDevice);
  const claimed = device.challenge === '' ? updated : claimedBy(caller.prn, updated, device.challenge, call);
  if (!isDeviceNick(claimed.nick)) throw refuse(400, 'Invalid Device Nick');
  const kept = { ...claimed, modified: hub.now() };
  if (!hub.devices.replace(kept)) throw refuse(400, 'error updating device: duplicate key');
  return answer(deviceText(kept, { metas: 'plain', fresh: 'modified' }));
}

function claimedBy(owner: string, device: Device, challenge: string, call: Call): Device {
  if (call.query.get('challenge') !== challenge) throw refuse(403, 'No Access to Device');
  const nick = device.nick.startsWith('__unregistered__') ? petName(3, '_') : device.nick;
  return { ...device, owner, challenge: '', nick };
}

/** The body over the stored device, as Go's decoder lays it: maps are merged, what may not change is refused. */
function updatedBy(device: Device, body: JsonMap, isDevice: boolean): Device {
  const fixed = { id: device.id, prn: device.prn, owner: device.owner };
  for (const [key, value] of Object.entries(fixed)) {
    if (key in body && stringAt(body, key) !== value) throw refuse(403, `Cannot change device ${key} in PUT`);
  }
  const created = stringAt(body, 'time-created');
  if (created !== '' && Date.parse(created) !== Date.parse(storedTime(device.created))) {
    throw refuse(403, 'Cannot change device timeCreated in PUT');
  }
  if (body.secret === '') throw refuse(403, 'Empty Secret not allowed for devices in PUT');
  const isPublic = typeof body.public === 'boolean' ? body.public : device.public;
  if (isDevice && isPublic !== device.public) throw refuse(403, "Device cannot change its own 'public' state");
  const meta = isDevice ? 'deviceMeta' : 'userMeta';
  const given = mapAt(body, isDevice ? 'device-meta' : 'user-meta') ?? {};
  return {
    ...withMeta(device, meta, { ...metaOf(device, meta), ...given }),
    nick: stringAt(body, 'nick') || device.nick,
    secret: stringAt(body, 'secret') || device.secret,
    public: isPublic,
  };
}
