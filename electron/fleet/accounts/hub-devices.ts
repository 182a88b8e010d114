import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { AccountId, HubDeviceId } from '../../../shared/contract/hub.ts';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { HubClient, HubDevice } from '../../sources/hub/hub.ts';
import { type AccountsPorts, type FleetDevice, hostOf } from './ports.ts';
import { claimedUnderOldName, notOnHub, wrongNick } from './problems.ts';

export interface ClaimRequest {
  readonly accountId: AccountId;
  readonly deviceId: HubDeviceId;
  readonly challenge: string;
  /** What it shall be called; without it the hub gives a name. */
  readonly nick?: string | undefined;
}

/** What is done to devices as the hub's own: each with a record of it, also where it failed. */
export class HubDevices {
  readonly #ports: Pick<AccountsPorts, 'fleet' | 'profile'>;
  readonly #client: (id: AccountId) => HubClient;

  constructor(ports: Pick<AccountsPorts, 'fleet' | 'profile'>, client: (id: AccountId) => HubClient) {
    this.#ports = ports;
    this.#client = client;
  }

  /** REFUSED_BY_HUB for a wrong challenge and for a device of somebody else's alike; the hub does not tell them apart. */
  async claim({ accountId, deviceId, challenge, nick }: ClaimRequest, signal: AbortSignal): Promise<DeviceId> {
    const client = this.#client(accountId);
    const what = `claimed the device ${nick ?? deviceId} on ${hostOf(client.address.url)}`;
    const claimed = await this.#recorded(what, undefined, () => client.claim(deviceId, challenge, signal));
    const id = this.#ports.fleet.heardOfDevice(accountId, claimed);
    if (nick !== undefined && nick !== claimed.nick) {
      try {
        this.#ports.fleet.heardOfDevice(accountId, await client.rename(deviceId, nick, signal));
      } catch (error) {
        throw error instanceof TrailbossError ? claimedUnderOldName(claimed.nick, error) : error;
      }
    }
    return id;
  }

  /** NAME_TAKEN where another device of the account has this nick. */
  rename(id: DeviceId, nick: string, signal: AbortSignal): Promise<void> {
    return this.#change(id, `renamed it on the hub to ${nick}`, (client, device) => client.rename(device, nick, signal));
  }

  setPublic(id: DeviceId, isPublic: boolean, signal: AbortSignal): Promise<void> {
    const what = isPublic ? 'made it public on the hub' : 'made it private on the hub';
    return this.#change(id, what, (client, device) => client.setPublic(device, isPublic, signal));
  }

  /** Deletes it on the hub with all its revisions. BAD_INPUT unless `typed` is its nick as the hub has it now. */
  async delete(id: DeviceId, typed: string, signal: AbortSignal): Promise<void> {
    const { record, hub } = this.#onHub(id);
    const { nick } = await hub.client.device(hub.deviceId, signal);
    if (typed !== nick) throw wrongNick(nick);
    await this.#recorded('deleted it on the hub, with all its revisions', record, () =>
      hub.client.deleteDevice(hub.deviceId, signal),
    );
    await this.#ports.fleet.lostDevice(hub.accountId, hub.deviceId);
  }

  /** Lets a device that runs a local revision follow the hub again. WAY_MISSING without SSH. */
  async goRemote(id: DeviceId, signal: AbortSignal): Promise<void> {
    const { record, link } = this.#ports.fleet.device(id);
    return this.#recorded('let it follow the hub again', record, () => link.goRemote(signal));
  }

  async #change(id: DeviceId, what: string, work: (client: HubClient, device: HubDeviceId) => Promise<HubDevice>): Promise<void> {
    const { record, hub } = this.#onHub(id);
    const changed = await this.#recorded(what, record, () => work(hub.client, hub.deviceId));
    this.#ports.fleet.heardOfDevice(hub.accountId, changed);
  }

  #onHub(id: DeviceId): { readonly record: FleetDevice['record']; readonly hub: NonNullable<FleetDevice['hub']> } {
    const { record, hub } = this.#ports.fleet.device(id);
    if (!hub) throw notOnHub();
    return { record, hub };
  }

  async #recorded<Result>(what: string, device: FleetDevice['record'] | undefined, work: () => Promise<Result>): Promise<Result> {
    const record = (result: 'ok' | 'failed') =>
      this.#ports.profile.activity.record({ what, result, ...(device && { device: { id: device.id, name: device.name } }) });
    try {
      const done = await work();
      record('ok');
      return done;
    } catch (error) {
      record('failed');
      throw error;
    }
  }
}
