import type { DeviceSummary, FleetEvent } from '../../shared/contract/fleet.ts';
import type { DeviceId } from '../../shared/contract/ids.ts';
import type { Listen } from './live.ts';

/** Devices in one event, so that sending many holds nothing else up. */
const atMost = 1000;

/**
 * The fleet as it is, and then what changes. `snapshot` is called after listening began, so that nothing between the two is missed. A
 * reader that is slow gets the latest of each device and no queue: what waits for it is never more than the fleet.
 */
export async function* fleetStream(
  snapshot: () => FleetEvent,
  listen: Listen<FleetEvent>,
  signal: AbortSignal | undefined,
): AsyncGenerator<FleetEvent, void> {
  const waiting = new Waiting();
  let wake: (() => void) | undefined;
  const stopListening = listen((event) => {
    waiting.take(event);
    wake?.();
  });
  const onAbort = () => wake?.();
  signal?.addEventListener('abort', onAbort);
  try {
    yield snapshot();
    while (!signal?.aborted) {
      const event = waiting.next();
      if (event) yield event;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
    }
  } finally {
    stopListening();
    signal?.removeEventListener('abort', onAbort);
  }
}

/** What a reader has not had yet. */
class Waiting {
  readonly #changed = new Map<DeviceId, DeviceSummary>();
  readonly #removed = new Set<DeviceId>();
  #demo: boolean | undefined;
  #snapshot: FleetEvent | undefined;

  take(event: FleetEvent): void {
    switch (event.kind) {
      case 'changed':
        for (const device of event.devices) {
          this.#removed.delete(device.id);
          this.#changed.set(device.id, device);
        }
        return;
      case 'removed':
        for (const id of event.ids) {
          this.#changed.delete(id);
          this.#removed.add(id);
        }
        return;
      case 'demo':
        this.#demo = event.running;
        return;
      case 'snapshot':
        this.#changed.clear();
        this.#removed.clear();
        this.#demo = undefined;
        this.#snapshot = event;
    }
  }

  next(): FleetEvent | undefined {
    if (this.#snapshot) {
      const snapshot = this.#snapshot;
      this.#snapshot = undefined;
      return snapshot;
    }
    if (this.#removed.size > 0) {
      const ids = [...this.#removed];
      this.#removed.clear();
      return { kind: 'removed', ids };
    }
    if (this.#demo !== undefined) {
      const running = this.#demo;
      this.#demo = undefined;
      return { kind: 'demo', running };
    }
    if (this.#changed.size === 0) return undefined;
    const devices = [...this.#changed.values()].slice(0, atMost);
    for (const { id } of devices) this.#changed.delete(id);
    return { kind: 'changed', devices };
  }
}
