import type { DeviceSummary, FleetEvent } from '../../../shared/contract/fleet.ts';

/** The fleet as the backend last told it, by device id in the order of the snapshot. */
export interface FleetView {
  readonly devices: ReadonlyMap<string, DeviceSummary>;
  /** How many there are; more than `devices` holds until the fleet is complete. */
  readonly total: number;
  /** Everything that there is was told: what is not here is not in the fleet. */
  readonly complete: boolean;
  readonly demo: boolean;
  /** Who was told of since the last snapshot, until all were; the others are left from before. */
  readonly told?: ReadonlySet<string>;
}

const empty: FleetView = { devices: new Map(), total: 0, complete: false, demo: false };

/**
 * The next view after some events. A snapshot begins anew, so that subscribing anew leaves no gap: what it does not tell of stays until
 * all was told, and goes then if it was not among it. However much happened it makes one view, in which every device that did not change
 * is the same object as before: only rows that changed are drawn again.
 */
export function reduceFleet(previous: FleetView | undefined, events: readonly FleetEvent[]): FleetView {
  const next = new NextView(previous ?? empty);
  for (const event of events) next.take(event);
  return next.view;
}

class NextView {
  readonly #before: FleetView;
  /** A copy that may be changed; undefined while nothing changed. */
  #devices: Map<string, DeviceSummary> | undefined;
  #told: Set<string> | undefined;
  #total: number;
  #complete: boolean;
  #demo: boolean;

  constructor(before: FleetView) {
    this.#before = before;
    this.#told = before.told && new Set(before.told);
    this.#total = before.total;
    this.#complete = before.complete;
    this.#demo = before.demo;
  }

  take(event: FleetEvent): void {
    switch (event.kind) {
      case 'snapshot':
        this.#told = new Set();
        this.#total = event.total;
        this.#demo = event.demo;
        this.#tell(event.devices);
        if (event.devices.length >= event.total) this.#end();
        return;
      case 'changed':
        this.#tell(event.devices);
        return;
      case 'complete':
        this.#end();
        return;
      case 'removed':
        for (const id of event.ids) {
          if (this.#known.has(id)) this.#changing.delete(id);
          if (this.#told) this.#total -= 1;
        }
        return;
      case 'demo':
        this.#demo = event.running;
    }
  }

  get view(): FleetView {
    const [before, told, complete, demo] = [this.#before, this.#told, this.#complete, this.#demo];
    const devices = this.#known;
    const total = told && !complete ? Math.max(this.#total, devices.size) : devices.size;
    const isSame = devices === before.devices && total === before.total && complete === before.complete && demo === before.demo;
    if (isSame && told === undefined && before.told === undefined) return before;
    return { devices, total, complete, demo, ...(told && { told }) };
  }

  #tell(devices: readonly DeviceSummary[]): void {
    for (const device of devices) {
      this.#changing.set(device.id, device);
      this.#told?.add(device.id);
    }
  }

  #end(): void {
    for (const id of this.#known.keys()) if (this.#told && !this.#told.has(id)) this.#changing.delete(id);
    this.#told = undefined;
    this.#complete = true;
  }

  get #known(): ReadonlyMap<string, DeviceSummary> {
    return this.#devices ?? this.#before.devices;
  }

  get #changing(): Map<string, DeviceSummary> {
    this.#devices ??= new Map(this.#before.devices);
    return this.#devices;
  }
}
