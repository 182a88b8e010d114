import { latestValue } from './live.ts';
import { implementer, type Rooms } from './rooms.ts';

export function statesRouter(rooms: Rooms) {
  const { fleetStates } = rooms;
  const os = implementer(rooms.report).states;
  return os.router({
    policies: os.policies.handler(async function* ({ signal }) {
      const open = fleetStates.policies();
      try {
        yield* latestValue(
          () => open.value,
          (push) => open.changes.add(push),
          signal,
        );
      } finally {
        open.close();
      }
    }),
    differences: os.differences.handler(async function* ({ input, signal }) {
      const open = await fleetStates.differences(input, signal ?? AbortSignal.timeout(120_000));
      try {
        yield* latestValue(
          () => open.value,
          (push) => open.changes.add(push),
          signal,
        );
      } finally {
        open.close();
      }
    }),
  });
}
