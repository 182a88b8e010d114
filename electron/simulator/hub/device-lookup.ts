/** Whom and which device a request means. */
import type { Account } from './account-records.ts';
import type { Device } from './device-records.ts';
import type { Hub } from './hub.ts';
import { isObjectId } from './ids.ts';
import { refuse } from './reply.ts';

/** The account that a query names as owner; 403 for one that nobody knows. */
export function ownerAsked(hub: Hub, query: URLSearchParams): Account | undefined {
  const [prn, nick] = [query.get('owner'), query.get('owner-nick')];
  if (prn !== null) {
    const account = hub.accounts.byPrn(prn);
    if (!account && !/^prn:.*:(accounts|auth|sessions):\/.+$/.test(prn)) throw refuse(403, 'Invalid owner prn');
    return account;
  }
  if (nick === null) return undefined;
  const account = hub.accounts.byNick(nick);
  if (!account) throw refuse(403, 'Error finding owner user account by nick');
  return account;
}

/** A nick counts within its owner; a nick of 24 hex digits is taken for an id (hub: devices/devices-api.go). */
export function resolveDevice(hub: Hub, owner: string, idOrNick: string): Device | undefined {
  if (isObjectId(idOrNick)) return hub.devices.get(idOrNick);
  const device = hub.devices.byNick(owner, idOrNick);
  if (!device) throw refuse(400, 'Error Parsing Device ID or Nick');
  return device;
}
