import type { HubDeviceId } from '../../../shared/contract/hub.ts';
import { WebFailure } from '../../net/web-failure.ts';
import type { HubApi } from './api.ts';
import type { HubDevice, HubUser } from './hub.ts';
import { webProblem } from './words.ts';

const firstByteMs = 60_000;

/** A revision as the hub packs it for pvr, which finds the device by its owner's and its own nick (hub: exports/service.go). */
export async function* exportedRevision(
  api: HubApi,
  names: {
    readonly user: (signal: AbortSignal) => Promise<HubUser>;
    readonly device: (id: HubDeviceId, signal: AbortSignal) => Promise<HubDevice>;
  },
  id: HubDeviceId,
  revision: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const [user, device] = await Promise.all([names.user(signal), names.device(id, signal)]);
  const nick = encodeURIComponent(device.nick);
  const path = `/exports/${encodeURIComponent(user.nick)}/${nick}/${revision}/${nick}-${revision}.tar.gz`;
  const stream = await api.open({ method: 'GET', path, signal, timeoutMs: firstByteMs });
  try {
    if (stream.status === 200) {
      yield* stream.bytes();
      return;
    }
    const body = await stream.read(65_536);
    throw api.refusal({ status: stream.status, header: stream.header, body }, { doing: `to export revision ${revision}` });
  } catch (error) {
    throw error instanceof WebFailure ? webProblem(error, api.host) : error;
  }
}
