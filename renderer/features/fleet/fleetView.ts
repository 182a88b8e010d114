import type { DeviceSummary, FleetEvent } from '../../../shared/contract/fleet.ts';

/** The fleet as the backend last told it, by device id in the order of the snapshot. */
export interface FleetView {
  readonly devices: ReadonlyMap<string, DeviceSummary>;
  readonly demo: boolean;
}

const empty: FleetView = { devices: new Map(), demo: false };

/**
 * The next view after an event. A snapshot replaces everything, so that subscribing anew leaves no gap. A batch of changes makes one
 * view, in which every other device is the same object as before: only rows that changed are drawn again.
 */
export function reduceFleet(previous: FleetView | undefined, event: FleetEvent): FleetView {
  const view = previous ?? empty;
  switch (event.kind) {
    case 'snapshot':
      return { devices: new Map(event.devices.map((device) => [device.id, device])), demo: event.demo };
    case 'changed': {
      if (event.devices.length === 0) return view;
      const devices = new Map(view.devices);
      for (const device of event.devices) devices.set(device.id, device);
      return { ...view, devices };
    }
    case 'removed': {
      if (!event.ids.some((id) => view.devices.has(id))) return view;
      const devices = new Map(view.devices);
      for (const id of event.ids) devices.delete(id);
      return { ...view, devices };
    }
    case 'demo':
      return { ...view, demo: event.running };
  }
}
