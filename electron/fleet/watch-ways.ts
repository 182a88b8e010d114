import type { LanConnection, Ways } from '../../shared/contract/connection.ts';
import type { HubPlace } from '../../shared/contract/fleet.ts';
import { HubDeviceId } from '../../shared/contract/hub.ts';
import { hubLink } from '../sources/hub/link.ts';
import { joinLinks } from '../sources/joined.ts';
import type { DeviceLink, JoinedLink } from '../sources/source.ts';
import { type AccountSeat, noSeat } from './account-seat.ts';

export interface WaysPorts {
  readonly now: () => number;
  readonly openLan: (connection: LanConnection) => DeviceLink;
  /** A way opened or closed. */
  readonly onWays: () => void;
}

const notConfigured = { kind: 'not-configured' } as const;

/**
 * How one device is reached. The link over the local network is there from the start; the one over the hub is made when somebody asks
 * for it, because of ten thousand devices on a hub few are ever asked by themselves.
 */
export class WatchWays {
  readonly lan: DeviceLink | undefined;
  readonly #ports: WaysPorts;
  #place: HubPlace | undefined;
  #seat: AccountSeat | undefined;
  #unseatedAt: number;
  #joined: JoinedLink | undefined;
  #stopListening: (() => void) | undefined;

  constructor(connection: LanConnection | null, ports: WaysPorts) {
    this.#ports = ports;
    this.#unseatedAt = ports.now();
    this.lan = connection === null ? undefined : ports.openLan(connection);
    this.#stopListening = this.lan?.onWays(ports.onWays);
  }

  get seat(): AccountSeat | undefined {
    return this.#seat;
  }

  /** Both ways in one, as they are now; another one after the device's place on a hub changed. */
  get joined(): JoinedLink {
    if (this.#joined) return this.#joined;
    const device = HubDeviceId.safeParse(this.#place?.deviceId);
    const hub = this.#seat && device.success ? hubLink(this.#seat.account.client, device.data, this.#ports) : undefined;
    this.#joined = joinLinks(this.lan, hub);
    this.#stopListening?.();
    this.#stopListening = this.#joined.onWays(this.#ports.onWays);
    return this.#joined;
  }

  get ways(): Ways {
    const { http, ssh } = this.lan?.ways ?? { http: notConfigured, ssh: notConfigured };
    if (!this.#place) return { http, ssh, hub: notConfigured };
    return { http, ssh, hub: this.#seat?.way ?? noSeat(this.#place.account, this.#unseatedAt) };
  }

  /** A way over the local network is open. */
  get isNear(): boolean {
    if (!this.lan) return false;
    const { http, ssh } = this.lan.ways;
    return http.kind === 'open' || ssh.kind === 'open';
  }

  /** Its hub answers. */
  get isHeard(): boolean {
    return this.#place !== undefined && this.#seat?.way.kind === 'open';
  }

  /** The device's place on a hub, and the account that leads there while it is open. Answers whether it is another one. */
  place(place: HubPlace | undefined, seat: AccountSeat | undefined): boolean {
    const isSame = place?.deviceId === this.#place?.deviceId && seat === this.#seat;
    this.#place = place;
    if (isSame) return false;
    if (this.#seat && !seat) this.#unseatedAt = this.#ports.now();
    this.#seat = seat;
    if (!this.#joined) return true;
    this.#stopListening?.();
    this.#joined.hub?.close().catch(() => undefined);
    this.#joined = undefined;
    this.#stopListening = this.lan?.onWays(this.#ports.onWays);
    return true;
  }

  async close(): Promise<void> {
    this.#stopListening?.();
    await Promise.all([this.lan?.close(), this.#joined?.hub?.close()]);
  }
}
