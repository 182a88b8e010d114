import { latestValue } from './live.ts';
import { implementer, type Rooms } from './rooms.ts';

export function fidelityRouter(rooms: Rooms) {
  const { fidelity, updates } = rooms;
  const os = implementer(rooms.report).fidelity;
  return os.router({
    overview: os.overview.handler(({ input, signal }) =>
      latestValue(
        () => fidelity.overview(input.deviceId),
        (push) =>
          updates.changes.add(
            (update) =>
              (update.phase === 'ended' || update.phase === 'cancelled') &&
              (input.deviceId === undefined || update.deviceId === input.deviceId) &&
              push(update),
          ),
        signal,
      ),
    ),
    pair: os.pair.handler(({ input }) => fidelity.pair(input.updateId)),
  });
}
