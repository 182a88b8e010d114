import type { DeviceSummary } from '../../shared/contract/fleet.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import { watchDiscovered } from '../fleet/discovery.ts';
import { firstByName } from '../fleet/first-by-name.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { type FleetStart, fleetStream } from './fleet-stream.ts';
import { latestValue } from './live.ts';
import { implementer, type Rooms } from './rooms.ts';

/** Devices that a window gets at once: more than find room on any screen. */
const shownFirst = 200;

export function fleetRouter(rooms: Rooms) {
  const { fleet, demo } = rooms;
  const os = implementer(rooms.report).fleet;
  const start = (): FleetStart => {
    const all = fleet.all();
    const first = firstByName(all, (watch) => watch.record.name, shownFirst);
    const devices = first.map((watch) => watch.summary);
    return {
      snapshot: { kind: 'snapshot', devices, total: all.length, demo: demo.running },
      rest: summariesOf(fleet, all, new Set(first)),
    };
  };
  return os.router({
    watch: os.watch.handler(({ signal }) => fleetStream(start, (push) => fleet.events.add(push), signal)),
    discovered: os.discovered.handler(({ signal }) => {
      const { read, listen } = watchDiscovered(fleet, rooms.neighbours);
      return latestValue(read, listen, signal);
    }),
    shown: os.shown.handler(({ input }) => {
      fleet.show(input.ids);
      return {};
    }),
    looking: os.looking.handler(({ signal }) =>
      latestValue(
        () => ({}),
        () => fleet.audience.join(),
        signal,
      ),
    ),
    probe: os.probe.handler(({ input, signal }) => fleet.probe(input, signal ?? AbortSignal.timeout(60_000))),
    add: os.add.handler(({ input }) => fleet.add(input).summary),
    edit: os.edit.handler(async ({ input }) => {
      const before = fleet.device(input.id);
      const after = await fleet.edit(input.id, input);
      if (after !== before) await rooms.updates.reconnected(input.id);
      return after.summary;
    }),
    remove: os.remove.handler(async ({ input }) => {
      await fleet.remove(input.id);
      // A device that its hub keeps goes on over the way that is left.
      if (fleet.all().some(({ record }) => record.id === input.id)) await rooms.updates.reconnected(input.id);
      return {};
    }),
    startDemo: os.startDemo.handler(async () => ({ devices: await demo.start() })),
    stopDemo: os.stopDemo.handler(async () => {
      await demo.stop();
      return {};
    }),
  });
}

function* summariesOf(fleet: Fleet, watches: readonly DeviceWatch[], told: ReadonlySet<DeviceWatch>): Generator<DeviceSummary> {
  for (const watch of watches) if (!told.has(watch) && fleet.has(watch)) yield watch.summary;
}
