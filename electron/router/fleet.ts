import type { FleetEvent } from '../../shared/contract/fleet.ts';
import { watchDiscovered } from '../fleet/discovery.ts';
import { fleetStream } from './fleet-stream.ts';
import { latestValue } from './live.ts';
import { implementer, type Rooms } from './rooms.ts';

export function fleetRouter(rooms: Rooms) {
  const { fleet, demo } = rooms;
  const os = implementer(rooms.report).fleet;
  const snapshot = (): FleetEvent => {
    const devices = fleet.all().map((watch) => watch.summary);
    return { kind: 'snapshot', devices, total: devices.length, demo: demo.running };
  };
  return os.router({
    watch: os.watch.handler(({ signal }) => fleetStream(snapshot, (push) => fleet.events.add(push), signal)),
    discovered: os.discovered.handler(({ signal }) => {
      const { read, listen } = watchDiscovered(fleet, rooms.neighbours);
      return latestValue(read, listen, signal);
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
