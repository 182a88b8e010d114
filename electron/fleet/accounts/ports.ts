import type { HubPlace } from '../../../shared/contract/fleet.ts';
import type { AccountId, HubAddress, HubDeviceId } from '../../../shared/contract/hub.ts';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { HubClient, HubDevice } from '../../sources/hub/hub.ts';
import type { DeviceLink } from '../../sources/source.ts';
import type { Profile } from '../../storage/profile.ts';
import type { OpenAccount } from '../account-seat.ts';

/** What accounts need of a device in the fleet. */
export interface FleetDevice {
  readonly record: { readonly id: DeviceId; readonly name: string; readonly hub?: HubPlace | undefined };
  readonly link: Pick<DeviceLink, 'goRemote'>;
  /** Absent where the device is known from the local network only, or its account is not open. */
  readonly hub?: { readonly client: HubClient; readonly deviceId: HubDeviceId; readonly accountId: AccountId } | undefined;
}

/** The fleet, as far as accounts tell it something or ask it for a device. */
export interface AccountsFleet {
  all(): readonly FleetDevice[];
  /** NOT_FOUND where the device was removed meanwhile. */
  device(id: DeviceId): FleetDevice;
  attachAccount(account: OpenAccount): void;
  /** `forget` takes devices that are known only from there out of the fleet. */
  detachAccount(id: AccountId, options: { readonly forget: boolean }): Promise<void>;
  /** Takes in what the hub just said of a device, and answers with its row. */
  heardOfDevice(id: AccountId, device: HubDevice): DeviceId;
  /** What was deleted on the hub: the row goes, unless the device is known on the local network too. */
  lostDevice(id: AccountId, device: HubDeviceId): Promise<void>;
  /** Lists the account's devices anew, now. */
  listAgain(id: AccountId): void;
}

export interface AccountsPorts {
  readonly fleet: AccountsFleet;
  readonly profile: Profile;
  readonly now: () => number;
  /** Something that nobody foresaw. */
  readonly report: (error: unknown) => void;
  /** Where pvr keeps its sessions: see `pvrFolder`. */
  readonly pvrDir: string;
}

/** An account as people read it, such as `anna · api.pantahub.com`. */
export function accountLabel(nick: string, url: string): string {
  return `${nick} · ${hostOf(url)}`;
}

export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}

export function addressOf({ url, ca }: { readonly url: string; readonly ca?: string | undefined }): HubAddress {
  return ca === undefined ? { url } : { url, ca };
}
