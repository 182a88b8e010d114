/** A device's user-meta and device-meta (hub: devices/user-meta-device.go, device-meta-device.go). */
import { type Call, callerOf, isPerson, param, strictBodyMap } from './call.ts';
import { ownerAsked, resolveDevice } from './device-lookup.ts';
import { type Device, metaOf, withMeta } from './device-records.ts';
import type { Hub } from './hub.ts';
import { isObjectId } from './ids.ts';
import { goMap, type JsonMap, quoteDots, unquoteDots } from './json-text.ts';
import { answer, type Reply, refuse } from './reply.ts';
import { type Route, route } from './routing.ts';
import { READ_DEVICES, WRITE_DEVICES } from './scopes.ts';

export function deviceMetaRoutes(hub: Hub): readonly Route[] {
  return [
    route('GET', '/:id/user-meta', READ_DEVICES, (call) => getUserMeta(hub, call)),
    route('PUT', '/:id/user-meta', WRITE_DEVICES, (call) => putUserMeta(hub, call)),
    route('PATCH', '/:id/user-meta', WRITE_DEVICES, (call) => patchUserMeta(hub, call)),
    route('PUT', '/:id/device-meta', WRITE_DEVICES, (call) => putDeviceMeta(hub, call)),
    route('PATCH', '/:id/device-meta', WRITE_DEVICES, (call) => patchDeviceMeta(hub, call)),
  ];
}

/** The owner's global meta with the device's own over it: never to be PUT back. */
export function mergedUserMeta(hub: Hub, device: Device): JsonMap {
  return { ...hub.accounts.meta(device.owner), ...metaOf(device, 'userMeta') };
}

function getUserMeta(hub: Hub, call: Call): Reply {
  const caller = callerOf(call);
  const owner = ownerAsked(hub, call.query)?.prn ?? caller.owner ?? caller.prn;
  const device = resolveDevice(hub, owner, param(call, 'id'));
  const own = device && (caller.type === 'DEVICE' ? device.prn === caller.prn : device.owner === caller.prn);
  if (!device || device.garbage || !own) throw refuse(404, 'Device not found');
  return answer(goMap(unquoteDots(device.owner === '' ? metaOf(device, 'userMeta') : mergedUserMeta(hub, device))));
}

/** Replaces all of it. The last one who writes wins. */
async function putUserMeta(hub: Hub, call: Call): Promise<Reply> {
  const caller = callerOf(call);
  const id = param(call, 'id');
  if (!isPerson(caller) && !caller.prn.endsWith(`/${id}`)) throw refuse(400, 'User data can only be updated by User');
  const data = quoteDots(await strictBodyMap(call, 400));
  if (!isObjectId(id)) throw refuse(500, 'Invalid Hex');
  const device = hub.devices.get(id);
  if (!device || (caller.type !== 'DEVICE' && device.owner !== caller.prn)) throw refuse(404, 'Device not found');
  hub.devices.replace({ ...withMeta(device, 'userMeta', data), modified: hub.now() });
  return answer(goMap(unquoteDots(data)));
}

/** Merges; null is kept as null; the answer is the patch alone. A device's own PATCH fails, as its prn is no owner. */
async function patchUserMeta(hub: Hub, call: Call): Promise<Reply> {
  const caller = callerOf(call);
  const found = resolveDevice(hub, caller.prn, param(call, 'id'));
  const id = found?.id ?? param(call, 'id');
  if (!isPerson(caller) && !caller.prn.endsWith(`/${id}`)) throw refuse(400, 'User Meta data can only be patched by owning user');
  const data = quoteDots(await strictBodyMap(call, 400));
  const device = hub.devices.get(id);
  if (!device || device.garbage) throw refuse(404, 'Device not found');
  if (device.owner !== caller.prn) throw refuse(400, 'Error updating device user-meta: not found');
  hub.devices.replace({ ...withMeta(device, 'userMeta', { ...metaOf(device, 'userMeta'), ...data }), modified: hub.now() });
  return answer(goMap(unquoteDots(data)));
}

async function putDeviceMeta(hub: Hub, call: Call): Promise<Reply> {
  const caller = callerOf(call);
  if (caller.type !== 'DEVICE') throw refuse(400, 'Device data can only be updated by Device');
  const id = param(call, 'id');
  if (!isObjectId(id)) throw refuse(500, 'Invalid Hex');
  const data = quoteDots(await strictBodyMap(call, 400));
  const device = hub.devices.get(id);
  if (device?.prn !== caller.prn) throw refuse(404, 'Device not found');
  hub.devices.replace({ ...withMeta(device, 'deviceMeta', data), modified: hub.now() });
  return answer('{"status":"ok"}');
}

/** Merges, null deletes; dots are not escaped here, so that a key can be there twice, and null deletes only the unescaped one. */
async function patchDeviceMeta(hub: Hub, call: Call): Promise<Reply> {
  const caller = callerOf(call);
  if (caller.type !== 'DEVICE') throw refuse(400, 'Device data can only be updated by Device');
  if (!caller.prn.endsWith(`/${param(call, 'id')}`)) throw refuse(400, 'Calling Device and Device ID in url mismatch.');
  const device = hub.devices.get(param(call, 'id'));
  if (!device || device.garbage) throw refuse(404, 'Device not found');
  const data = await strictBodyMap(call, 400);
  const merged = Object.entries({ ...metaOf(device, 'deviceMeta'), ...data }).filter(
    ([key, value]) => !(key in data && value === null),
  );
  hub.devices.replace({ ...withMeta(device, 'deviceMeta', Object.fromEntries(merged)), modified: hub.now() });
  return answer('{"status":"ok"}');
}
