import type { FleetEvent } from '../../shared/contract/fleet.ts';
import type { DeviceId } from '../../shared/contract/ids.ts';
import type { DeviceWatch } from './device-watch.ts';
import type { Listeners } from './listeners.ts';

/** Milliseconds within which changes are told as one. */
const moment = 100;
/** Devices in one event: working out and sending the rows of so many holds nothing else up. */
const atMost = 500;

/** What changed in the fleet, gathered for a moment and told with each device once. Nothing is worked out while nobody listens. */
export class FleetNews {
  readonly #events: Listeners<FleetEvent>;
  readonly #changed = new Set<DeviceWatch>();
  #timer: NodeJS.Timeout | undefined;

  constructor(events: Listeners<FleetEvent>) {
    this.#events = events;
  }

  changed(watch: DeviceWatch): void {
    if (this.#events.size === 0) return;
    this.#changed.add(watch);
    this.#timer ??= setTimeout(() => this.#tell(), moment);
  }

  removed(watches: readonly DeviceWatch[], ids: readonly DeviceId[]): void {
    for (const watch of watches) this.#changed.delete(watch);
    if (ids.length > 0) this.#events.tell({ kind: 'removed', ids: [...ids] });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#changed.clear();
  }

  #tell(): void {
    this.#timer = undefined;
    const devices = [];
    for (const watch of this.#changed) {
      if (devices.length === atMost) break;
      this.#changed.delete(watch);
      devices.push(watch.summary);
    }
    if (devices.length > 0) this.#events.tell({ kind: 'changed', devices });
    if (this.#changed.size > 0) this.#timer = setTimeout(() => this.#tell(), 0);
  }
}
