import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceSummary, FleetEvent } from '../../shared/contract/fleet.ts';
import { DeviceId } from '../../shared/contract/ids.ts';
import { Listeners } from '../fleet/listeners.ts';
import { type FleetStart, fleetStream } from './fleet-stream.ts';

const none = { kind: 'not-configured' } as const;

function device(number: number, version = 0): DeviceSummary {
  return {
    id: DeviceId.parse(`d${number}`),
    name: `device ${number}, ${version}`,
    demo: false,
    connection: null,
    labels: {},
    ways: { http: none, ssh: none, hub: none },
    condition: 'answering',
  };
}

/** A fleet that changes, and what a reader of the stream believes of it. */
class Fleet {
  readonly events = new Listeners<FleetEvent>();
  readonly devices = new Map<string, DeviceSummary>();
  readonly believed = new Map<string, DeviceSummary>();

  /** How many the snapshot holds. */
  first = Number.POSITIVE_INFINITY;
  isComplete = false;

  stream(signal?: AbortSignal) {
    const start = (): FleetStart => {
      const ids = [...this.devices.keys()];
      const first = ids.slice(0, this.first);
      const devices = first.flatMap((id) => this.devices.get(id) ?? []);
      const rest = ids.slice(first.length);
      return {
        snapshot: { kind: 'snapshot', devices, total: ids.length, demo: false },
        rest: this.#others(rest),
      };
    };
    return fleetStream(start, (push) => this.events.add(push), signal);
  }

  *#others(ids: readonly string[]): Generator<DeviceSummary> {
    for (const id of ids) {
      const one = this.devices.get(id);
      if (one) yield one;
    }
  }

  change(devices: readonly DeviceSummary[]): void {
    for (const one of devices) this.devices.set(one.id, one);
    this.events.tell({ kind: 'changed', devices: [...devices] });
  }

  remove(ids: readonly DeviceId[]): void {
    for (const id of ids) this.devices.delete(id);
    this.events.tell({ kind: 'removed', ids: [...ids] });
  }

  believe(event: FleetEvent | undefined): void {
    if (event?.kind === 'snapshot') this.believed.clear();
    if (event?.kind === 'snapshot' || event?.kind === 'changed') for (const one of event.devices) this.believed.set(one.id, one);
    if (event?.kind === 'complete') this.isComplete = true;
    if (event?.kind === 'removed') for (const id of event.ids) this.believed.delete(id);
  }
}

const doing = fc.oneof(
  fc.record({
    kind: fc.constant('change' as const),
    devices: fc.array(fc.tuple(fc.nat(6), fc.nat(9)), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('remove' as const), devices: fc.array(fc.nat(6), { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('read' as const) }),
);

describe('the stream of the fleet', () => {
  it('leaves a reader with the fleet as it is, however slowly it reads', () =>
    fc.assert(
      fc.asyncProperty(fc.array(doing, { maxLength: 30 }), fc.nat(4), async (actions, first) => {
        const fleet = new Fleet();
        fleet.first = first;
        for (let number = 0; number < 5; number += 1) fleet.devices.set(`d${number}`, device(number));
        const gone = new AbortController();
        const stream = fleet.stream(gone.signal);
        fleet.believe((await stream.next()).value ?? undefined);
        let reading: Promise<void> | undefined;
        const read = () => {
          reading ??= stream.next().then(({ value }) => {
            reading = undefined;
            fleet.believe(value ?? undefined);
          });
          return reading;
        };
        for (const action of actions) {
          if (action.kind === 'change') fleet.change(action.devices.map(([number, version]) => device(number, version)));
          else if (action.kind === 'remove') fleet.remove(action.devices.map((number) => DeviceId.parse(`d${number}`)));
          else void read();
          await Promise.resolve();
        }
        for (let rest = 0; rest < 8; rest += 1) {
          void read();
          await new Promise((resolve) => setImmediate(resolve));
        }
        expect(fleet.isComplete).toBe(true);
        expect([...fleet.believed.entries()].sort()).toEqual([...fleet.devices.entries()].sort());
        gone.abort();
        await reading;
        await stream.return();
        expect(fleet.events.size).toBe(0);
      }),
      { numRuns: 50 },
    ));

  it('keeps no more for a reader that is stuck than the fleet, and gives it the latest', async () => {
    const fleet = new Fleet();
    const stream = fleet.stream();
    await stream.next();
    for (let version = 0; version < 5000; version += 1) fleet.change([device(1, version), device(2, version)]);
    expect((await stream.next()).value).toEqual({ kind: 'changed', devices: [device(1, 4999), device(2, 4999)] });
    await stream.return();
  });

  it('sends many in pieces', async () => {
    const fleet = new Fleet();
    const stream = fleet.stream();
    await stream.next();
    fleet.change(Array.from({ length: 2500 }, (_, number) => device(number)));
    const sizes = [];
    for (let piece = 0; piece < 3; piece += 1) {
      const { value } = await stream.next();
      sizes.push(value?.kind === 'changed' ? value.devices.length : 0);
    }
    expect(sizes).toEqual([1000, 1000, 500]);
    await stream.return();
  });

  it('shows the first of many at once, then the others in pieces as they are by then, and says when these were all', async () => {
    const fleet = new Fleet();
    fleet.first = 200;
    for (let number = 0; number < 1300; number += 1) fleet.devices.set(`d${number}`, device(number));
    const stream = fleet.stream();
    const events: FleetEvent[] = [];
    const read = async () => {
      const { value } = await stream.next();
      if (!value) throw new Error('the stream ended');
      events.push(value);
      fleet.believe(value);
    };
    await read();
    await read();
    fleet.change([device(1299, 1)]);
    fleet.remove([device(1298).id]);
    while (!fleet.isComplete) await read();
    const counts = events.map((event) => ('devices' in event ? event.devices.length : event.kind));
    expect(counts).toEqual([200, 500, 'removed', 1, 500, 99, 'complete']);
    expect([fleet.believed.size, fleet.believed.get('d1299')]).toEqual([1299, device(1299, 1)]);
    await stream.return();
  });
});
