/** /devices/: the list, one device, renaming, public or not, deleting (hub: devices/). */
import { type Call, type Claims, callerOf, isPerson, param, strictBodyMap } from './call.ts';
import { listedDevices } from './device-filter.ts';
import { ownerAsked, resolveDevice } from './device-lookup.ts';
import { deviceMetaRoutes, mergedUserMeta } from './device-meta.ts';
import { type Device, deviceText, isDeviceNick, withMeta } from './device-records.ts';
import type { Hub } from './hub.ts';
import { isObjectId } from './ids.ts';
import { joinTokenRoutes } from './join-tokens.ts';
import { stringAt } from './json-text.ts';
import { claimOrUpdate, register } from './registration.ts';
import { answer, type Reply, refuse } from './reply.ts';
import { type Mount, route } from './routing.ts';
import { READ_DEVICES, WRITE_DEVICES } from './scopes.ts';

export function devicesMount(hub: Hub): Mount {
  return {
    prefix: '/devices',
    style: 'plain',
    gate: (method, path) => (method === 'POST' && path === '/' ? 'token-if-sent' : 'token'),
    routes: [
      ...joinTokenRoutes(hub),
      ...deviceMetaRoutes(hub),
      route('GET', '/auth_status', READ_DEVICES, (call) => answer(JSON.stringify(callerOf(call).all))),
      route('GET', '/', READ_DEVICES, (call) => list(hub, call)),
      route('POST', '/', WRITE_DEVICES, (call) => register(hub, call)),
      route('GET', '/:id', READ_DEVICES, (call) => getOne(hub, call)),
      route('PUT', '/:id', WRITE_DEVICES, (call) => claimOrUpdate(hub, call)),
      route('PATCH', '/:id', WRITE_DEVICES, (call) => rename(hub, call)),
      route('PUT', '/:id/public', WRITE_DEVICES, (call) => setPublic(hub, call, true)),
      route('DELETE', '/:id/public', WRITE_DEVICES, (call) => setPublic(hub, call, false)),
      route('DELETE', '/:id', WRITE_DEVICES, (call) => remove(hub, call)),
      route('GET', '/np/:usernick/:devicenick', READ_DEVICES, (call) => getByNames(hub, call)),
    ],
  };
}

/** Secrets included for one's own (hub: devices/get-devices.go). */
function list(hub: Hub, call: Call): Reply {
  const caller = callerOf(call);
  const texts = listedDevices(hub, caller, call.query).map((device) => {
    if (caller.prn === device.owner || caller.prn === device.prn) return hub.devices.listText(device);
    return deviceText(strangersView(device), { metas: 'plain' });
  });
  return answer(`[${texts.join(',')}]`);
}

function strangersView(device: Device): Device {
  return { ...device, secret: '', challenge: '', userMeta: '{}', deviceMeta: '{}' };
}

function getOne(hub: Hub, call: Call): Reply {
  const caller = callerOf(call);
  const asked = ownerAsked(hub, call.query);
  const self = caller.owner ?? caller.prn;
  const device = resolveDevice(hub, asked?.prn ?? self, param(call, 'id'));
  if (!device || device.garbage) throw refuse(404, 'Device not found');
  if (asked && (device.owner !== asked.prn || (asked.prn !== self && !device.public))) throw refuse(404, 'Device not found');
  const shown = seenBy(caller, device);
  if (device.owner === '') return answer(deviceText({ ...shown, secret: '' }, { metas: 'plain' }));
  const owner = hub.accounts.byPrn(device.owner);
  if (!owner) throw refuse(500, 'Owner account not Found');
  const merged = withMeta({ ...shown, secret: '' }, 'userMeta', mergedUserMeta(hub, shown));
  return answer(deviceText(merged, { metas: 'plain', ownerNick: owner.nick }));
}

/** What a caller sees of a device, or 403. */
function seenBy(caller: Claims, device: Device): Device {
  const own = caller.prn === device.prn || caller.prn === device.owner;
  if (device.public) return own ? device : strangersView(device);
  const allowed = caller.type === 'DEVICE' ? device.prn === caller.prn : device.owner === caller.prn;
  if (!allowed) throw refuse(403, 'No Access');
  return device;
}

function getByNames(hub: Hub, call: Call): Reply {
  const caller = callerOf(call);
  if (!isPerson(caller) && caller.type !== 'DEVICE') throw refuse(403, 'USER or DEVICE');
  const account = hub.accounts.byNick(param(call, 'usernick'));
  if (!account) throw refuse(403, 'Forbidden');
  const device = hub.devices.byNick(account.prn, param(call, 'devicenick'));
  if (!device) throw refuse(404, 'Device not found');
  if (!device.public) seenBy(caller, device);
  return answer(deviceText({ ...device, secret: '' }, { metas: 'plain' }));
}

/** A device by the hex id in the path: 500 for no hex, 404 for none and for garbage. */
export function deviceInPath(hub: Hub, call: Call): Device {
  const id = param(call, 'id');
  if (!isObjectId(id)) throw refuse(500, 'Invalid Hex');
  const device = hub.devices.get(id);
  if (!device || device.garbage) throw refuse(404, 'Device not found');
  return device;
}

/** Only the nick is heeded, and a nick that is taken is a 403 (hub: devices/patch-device.go). */
async function rename(hub: Hub, call: Call): Promise<Reply> {
  const caller = callerOf(call);
  if (!isPerson(caller) && !caller.prn.endsWith(`/${param(call, 'id')}`)) {
    throw refuse(403, 'Devices can only change their own nick.');
  }
  const device = deviceInPath(hub, call);
  if (device.owner === '' || (isPerson(caller) && device.owner !== caller.prn)) throw refuse(403, 'Not User/Device Accessible');
  const nick = stringAt(await strictBodyMap(call, 500), 'nick');
  const renamed = nick === '' ? device : { ...device, nick, modified: hub.now() };
  if (!isDeviceNick(renamed.nick)) throw refuse(400, 'Invalid Device Nick');
  if (nick !== '' && !hub.devices.replace(renamed)) throw refuse(403, 'Error updating patched device state');
  const fresh = nick === '' ? {} : { fresh: 'modified' as const };
  return answer(deviceText({ ...renamed, secret: '', challenge: '' }, { metas: 'escaped', ...fresh }));
}

/** Answers with the secret and with escaped keys; a device without owner can be made public by anyone (hub: devices/public-device.go). */
function setPublic(hub: Hub, call: Call, wanted: boolean): Reply {
  const caller = callerOf(call);
  if (caller.type === 'DEVICE') throw refuse(403, 'Devices cannot change their own public state.');
  const device = deviceInPath(hub, call);
  if (device.owner !== '' && device.owner !== caller.prn) throw refuse(403, 'Not User Accessible Resource Id');
  const changed = { ...device, public: wanted, modified: hub.now() };
  hub.devices.replace(changed);
  hub.objects.publish(changed);
  return answer(deviceText(changed, { metas: 'escaped', fresh: 'modified' }));
}

/**
 * Marks it as garbage; someone else's device is answered in full, unchanged, with 200 (hub: devices/delete-device.go).
 * Its nick stays taken. Its trail and steps become garbage with it.
 */
function remove(hub: Hub, call: Call): Reply {
  const caller = callerOf(call);
  const device = deviceInPath(hub, call);
  if (device.owner !== caller.prn) return answer(deviceText(device, { metas: 'escaped' }));
  if (hub.faults.strikes('gc-unreachable', call) !== undefined) throw refuse(500, 'Error calling GC API');
  const garbage = { ...device, garbage: true, modified: hub.now() };
  hub.database.transaction(() => {
    hub.devices.replace(garbage);
    hub.objects.publish({ ...garbage, public: false });
    hub.steps.markGarbage(device.id);
  });
  return answer(deviceText({ ...garbage, modified: device.modified }, { metas: 'escaped' }));
}
