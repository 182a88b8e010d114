import { setImmediate } from 'node:timers/promises';
import type { DeviceSummary, FleetEvent } from '../../shared/contract/fleet.ts';
import type { DeviceId } from '../../shared/contract/ids.ts';
import type { Listen } from './live.ts';

/** Devices in one event, so that sending many holds nothing else up. */
const atMost = 1000;
/** Of those that follow the snapshot, which are worked out only then. */
const atMostOfRest = 500;

/** How a subscription begins: what is shown first, and the others, which are worked out while they are taken. */
export interface FleetStart {
  readonly snapshot: FleetEvent;
  /** Skips those that are gone by the time that they are taken. */
  readonly rest: Iterable<DeviceSummary>;
}

/**
 * The fleet as it is, and then what changes. `start` is called after listening began, so that nothing between the two is missed. A
 * reader that is slow gets the latest of each device and no queue: what waits for it is never more than the fleet.
 */
export async function* fleetStream(
  start: () => FleetStart,
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
    const { snapshot, rest } = start();
    yield snapshot;
    let others: Iterator<DeviceSummary> | undefined = rest[Symbol.iterator]();
    while (!signal?.aborted) {
      let event = waiting.next();
      if (!event && others) {
        // Others get their turn before so many are worked out.
        await setImmediate();
        // What changed meanwhile is newer than what is taken now.
        event = waiting.next() ?? nextOf(others);
        if (event.kind === 'complete') others = undefined;
      }
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

function nextOf(others: Iterator<DeviceSummary>): FleetEvent {
  const devices: DeviceSummary[] = [];
  while (devices.length < atMostOfRest) {
    const next = others.next();
    if (next.done) break;
    devices.push(next.value);
  }
  return devices.length === 0 ? { kind: 'complete' } : { kind: 'changed', devices };
}

/** What a reader has not had yet. */
class Waiting {
  readonly #changed = new Map<DeviceId, DeviceSummary>();
  readonly #removed = new Set<DeviceId>();
  #demo: boolean | undefined;

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
    }
  }

  next(): FleetEvent | undefined {
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
