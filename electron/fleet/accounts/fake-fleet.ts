/** For tests: a fleet that remembers what accounts tell it. */
import type { AccountId, HubDeviceId } from '../../../shared/contract/hub.ts';
import { DeviceId } from '../../../shared/contract/ids.ts';
import type { HubDevice } from '../../sources/hub/hub.ts';
import type { OpenAccount } from '../account-seat.ts';
import type { AccountsFleet, FleetDevice } from './ports.ts';

export class FakeFleet implements AccountsFleet {
  readonly attached = new Map<AccountId, OpenAccount>();
  /** In the order of what happened: `attach`, `detach`, `forget`, `list`. */
  readonly calls: string[] = [];
  readonly devices = new Map<DeviceId, HubDevice & { readonly accountId: AccountId }>();
  wentRemote: DeviceId[] = [];

  all(): readonly FleetDevice[] {
    return [...this.devices.keys()].map((id) => this.device(id));
  }

  device(id: DeviceId): FleetDevice {
    const device = this.devices.get(id);
    const account = device && this.attached.get(device.accountId);
    const link = {
      goRemote: async () => {
        this.wentRemote.push(id);
      },
    };
    if (!device || !account) return { record: { id, name: id }, link };
    const { accountId, nick } = device;
    const place = { accountId, account: account.label, deviceId: device.id, nick, public: device.public };
    return { record: { id, name: nick, hub: place }, link, hub: { client: account.client, deviceId: device.id, accountId } };
  }

  attachAccount(account: OpenAccount): void {
    this.calls.push('attach');
    this.attached.set(account.id, account);
  }

  async detachAccount(id: AccountId, { forget }: { readonly forget: boolean }): Promise<void> {
    this.calls.push(forget ? 'forget' : 'detach');
    this.attached.delete(id);
    for (const [key, device] of this.devices) if (forget && device.accountId === id) this.devices.delete(key);
  }

  heardOfDevice(accountId: AccountId, device: HubDevice): DeviceId {
    const id = DeviceId.parse(`row-${device.id}`);
    this.devices.set(id, { ...device, accountId });
    return id;
  }

  async lostDevice(_id: AccountId, device: HubDeviceId): Promise<void> {
    this.devices.delete(DeviceId.parse(`row-${device}`));
  }

  listAgain(): void {
    this.calls.push('list');
  }
}
