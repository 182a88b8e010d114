import type { DeviceSummary, FleetEvent } from '../../../shared/contract/fleet.ts';

/** The fleet as the backend last told it, by device id in the order of the snapshot. */
export interface FleetView {
  readonly devices: ReadonlyMap<string, DeviceSummary>;
  readonly demo: boolean;
}

const empty: FleetView = { devices: new Map(), demo: false };

/** The next view after an event. A snapshot replaces everything, so that subscribing anew leaves no gap. */
export function reduceFleet(previous: FleetView | undefined, event: FleetEvent): FleetView {
  const view = previous ?? empty;
  switch (event.kind) {
    case 'snapshot':
      return { devices: new Map(event.devices.map((device) => [device.id, device])), demo: event.demo };
    case 'changed':
      return { ...view, devices: new Map(view.devices).set(event.device.id, event.device) };
    case 'removed': {
      const devices = new Map(view.devices);
      devices.delete(event.id);
      return { ...view, devices };
    }
    case 'demo':
      return { ...view, demo: event.running };
  }
}
