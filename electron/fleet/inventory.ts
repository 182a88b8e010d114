import type { AccountId } from '../../shared/contract/hub.ts';
import type { DeviceId } from '../../shared/contract/ids.ts';
import type { DeviceWatch } from './device-watch.ts';
import { Listeners } from './listeners.ts';

/** All watches, found by id, by place on a hub, and by what a device said over the local network of who it is there. */
export class Inventory {
  /** A device came or went, or is found in another way now. */
  readonly changes = new Listeners<void>();
  readonly #watches = new Map<DeviceId, DeviceWatch>();
  readonly #near = new Set<DeviceWatch>();
  readonly #places = new Map<string, DeviceWatch>();
  readonly #identities = new Map<string, DeviceWatch>();
  /** Records that turned out to be the same device as another one: who asks for them gets that one. */
  readonly #aliases = new Map<DeviceId, DeviceId>();

  all(): readonly DeviceWatch[] {
    return [...this.#watches.values()];
  }

  get size(): number {
    return this.#watches.size;
  }

  /** Those that are reached on the local network. */
  get near(): ReadonlySet<DeviceWatch> {
    return this.#near;
  }

  get(id: DeviceId): DeviceWatch | undefined {
    return this.#watches.get(this.idOf(id));
  }

  /** The id that the device has now. */
  idOf(id: DeviceId): DeviceId {
    const other = this.#aliases.get(id);
    return other === undefined ? id : this.idOf(other);
  }

  /** The device of an account that has this id on its hub. */
  at(account: AccountId, hubDevice: string): DeviceWatch | undefined {
    return this.#places.get(placeKey(account, hubDevice));
  }

  ofAccount(account: AccountId): readonly DeviceWatch[] {
    return this.all().filter((watch) => watch.record.hub?.accountId === account);
  }

  /** The device on the local network that said that this is its id on its hub. */
  identified(hubDevice: string): DeviceWatch | undefined {
    return this.#identities.get(hubDevice);
  }

  put(watch: DeviceWatch): void {
    const { id, hub, connection } = watch.record;
    this.#watches.set(id, watch);
    if (hub) this.#places.set(placeKey(hub.accountId, hub.deviceId), watch);
    if (connection === null) this.#near.delete(watch);
    else {
      this.#near.add(watch);
      const identity = watch.facts.hubDeviceId;
      if (identity !== undefined) this.#identities.set(identity, watch);
    }
    this.changes.tell();
  }

  /** Takes the watch out under the record that it has now: before that is changed. */
  drop(watch: DeviceWatch): void {
    const { id, hub } = watch.record;
    const identity = watch.facts.hubDeviceId;
    if (this.#watches.get(id) === watch) this.#watches.delete(id);
    this.#near.delete(watch);
    if (hub && this.at(hub.accountId, hub.deviceId) === watch) this.#places.delete(placeKey(hub.accountId, hub.deviceId));
    if (identity !== undefined && this.#identities.get(identity) === watch) this.#identities.delete(identity);
    this.changes.tell();
  }

  alias(gone: DeviceId, survivor: DeviceId): void {
    this.#aliases.set(gone, survivor);
  }
}

function placeKey(account: AccountId, hubDevice: string): string {
  return `${account} ${hubDevice}`;
}
