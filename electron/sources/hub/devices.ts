import type { HubDeviceId } from '../../../shared/contract/hub.ts';
import { checkCancelled } from '../../net/deadline.ts';
import type { HubApi } from './api.ts';
import { HubDeviceReply, readDevice, readSummary } from './device-rows.ts';
import type { HubClient, HubDevice, HubSummary } from './hub.ts';
import { rawRefusal, readRefusal } from './refusal.ts';
import { devicePrn } from './wire-values.ts';
import { hubError } from './words.ts';

/** The lists come in one piece: 10,000 devices are some 30 MB (hub.md §2, no paging). */
const listMs = 120_000;
const listBytes = 256 * 1024 * 1024;

export type DeviceCalls = Pick<HubClient, 'devices' | 'device' | 'summaries' | 'claim' | 'rename' | 'setPublic' | 'deleteDevice'>;

/** `/devices` and `/trails/summary`. */
export function deviceCalls(api: HubApi, ownPrn: (signal: AbortSignal) => Promise<string>): DeviceCalls {
  /** Every query parameter is a filter; an unknown one finds nothing (hub: devices/get-devices.go). */
  async function list(filter: string, signal: AbortSignal): Promise<HubDevice[]> {
    const call = { method: 'GET', path: `/devices/${filter}`, signal, timeoutMs: listMs, maxBytes: listBytes } as const;
    const devices: HubDevice[] = [];
    for await (const rows of api.rows(call, { doing: 'to list the devices' })) {
      checkCancelled(signal);
      devices.push(...rows.flatMap((row) => readDevice(row) ?? []).filter((device) => !device.garbage));
    }
    return devices;
  }

  async function device(id: HubDeviceId, signal: AbortSignal): Promise<HubDevice> {
    // By the list: one device alone comes merged with the profile's user-meta (hub: devices/get-devices.go, handleGetDevice).
    const found = (await list(`?prn=${encodeURIComponent(devicePrn(id))}`, signal)).find((row) => row.id === id);
    if (found !== undefined) return found;
    throw hubError('NOT_FOUND', {
      what: `The account has no device ${id.slice(0, 8)} on ${api.host} any more.`,
      next: 'It was deleted there, or belongs to another account.',
    });
  }

  return {
    devices: (signal) => list('', signal),
    device,

    async summaries(signal) {
      // `-timestamp`, which is the default, sorts by a field that nothing has (hub: trails/get-trails-summary.go).
      const call = {
        method: 'GET',
        path: '/trails/summary?sort=timestamp',
        signal,
        timeoutMs: listMs,
        maxBytes: listBytes,
      } as const;
      const summaries: HubSummary[] = [];
      for await (const rows of api.rows(call, { doing: 'to give the overview of the devices' })) {
        checkCancelled(signal);
        summaries.push(...rows.flatMap((row) => readSummary(row) ?? []));
      }
      return summaries;
    },

    async claim(id, challenge, signal) {
      const intent = { doing: `to give you the device ${id.slice(0, 8)}` };
      const path = `/devices/${id}?challenge=${encodeURIComponent(challenge)}`;
      const reply = await api.send({ method: 'PUT', path, json: {}, signal });
      if (reply.status === 403) {
        throw hubError('REFUSED_BY_HUB', {
          what: `${api.host} does not give you this device: the challenge is wrong, or the device belongs to somebody else.`,
          next: 'Compare id and challenge with what the device itself shows. The hub does not tell which of the two it is.',
          raw: rawRefusal(readRefusal(reply)),
        });
      }
      if (reply.status !== 200) throw api.refusal(reply, intent);
      const claimed = await api.read(reply, HubDeviceReply, intent);
      if (claimed.owner === (await ownPrn(signal))) return claimed;
      throw hubError('REFUSED_BY_HUB', {
        what: `${api.host} did not give you this device.`,
        next: 'Look at the challenge and try again.',
      });
    },

    async rename(id, nick, signal) {
      const intent = { doing: `to call the device “${nick}”` };
      // Only the nick is heard (hub: devices/patch-device.go).
      const reply = await api.send({ method: 'PATCH', path: `/devices/${id}`, json: { nick }, signal });
      if (reply.status === 200) return api.read(reply, HubDeviceReply, intent);
      if (reply.status === 403 && !readRefusal(reply).scopeMissing && (await isOurs(id, signal))) {
        throw hubError('NAME_TAKEN', {
          what: `Another device of the account is called “${nick}” already.`,
          next: 'Choose another name. A deleted device keeps its name for a while too.',
          raw: rawRefusal(readRefusal(reply)),
        });
      }
      throw api.refusal(reply, intent);
    },

    async setPublic(id, isPublic, signal) {
      const intent = { doing: isPublic ? 'to make the device public' : 'to make the device private' };
      const device = await api.json(
        { method: isPublic ? 'PUT' : 'DELETE', path: `/devices/${id}/public`, signal },
        HubDeviceReply,
        intent,
      );
      if (device.public === isPublic) return device;
      throw hubError('REFUSED_BY_HUB', { what: `${api.host} refused ${intent.doing}.`, next: 'Try again.' });
    },

    async deleteDevice(id, signal) {
      const intent = { doing: 'to delete the device', unchanged: 'The device is still there.' };
      const reply = await api.send({ method: 'DELETE', path: `/devices/${id}`, signal });
      // Gone already, perhaps by an earlier try whose answer was lost.
      if (reply.status === 404) return;
      if (reply.status !== 200) throw api.refusal(reply, intent);
      // Somebody else's device is answered with 200 too, and stays (hub: devices/delete-device.go).
      if ((await api.read(reply, HubDeviceReply, intent)).garbage) return;
      throw hubError('REFUSED_BY_HUB', {
        what: `${api.host} did not delete the device.`,
        unchanged: intent.unchanged,
        next: 'It may belong to another account, or the hub’s own clean-up is not running: try again later.',
      });
    },
  };

  async function isOurs(id: HubDeviceId, signal: AbortSignal): Promise<boolean> {
    const prn = encodeURIComponent(devicePrn(id));
    return (await list(`?prn=${prn}`, signal)).some((row) => row.id === id);
  }
}
