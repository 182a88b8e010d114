import { Paced } from '../revisions/paced.ts';
import { type Listen, latestValue } from './live.ts';
import { implementer, type Rooms } from './rooms.ts';

export function seriesRouter(rooms: Rooms) {
  const { series } = rooms;
  const os = implementer(rooms.report).series;
  return os.router({
    fromDraft: os.fromDraft.handler(({ input }) => ({ seriesId: series.fromDraft(input.draftId, input.deviceIds) })),
    fromPolicies: os.fromPolicies.handler(({ input }) => ({ seriesId: series.fromPolicies(input.changes) })),
    watch: os.watch.handler(({ input, signal }) =>
      pacedValue(
        () => series.get(input.seriesId),
        (push) => series.changes.add((id) => id === input.seriesId && push(id)),
        ({ items }) => items.length * thingsInItem,
        signal,
      ),
    ),
    list: os.list.handler(({ signal }) =>
      pacedValue(
        () => [...series.list()],
        (push) => series.changes.add(push),
        (list) => list.length,
        signal,
      ),
    ),
    resolve: os.resolve.handler(async ({ input }) => {
      await series.resolve(input.seriesId, input.deviceId, input.sides);
      return {};
    }),
    prepare: os.prepare.handler(({ input }) => {
      series.prepare(input.seriesId, input.deviceId);
      return {};
    }),
    leaveOut: os.leaveOut.handler(({ input }) => {
      series.leaveOut(input.seriesId, input.deviceId, input.out);
      return {};
    }),
    start: os.start.handler(({ input }) => {
      series.start(input.seriesId, input.message);
      return {};
    }),
    stop: os.stop.handler(({ input }) => {
      series.stop(input.seriesId);
      return {};
    }),
    discard: os.discard.handler(({ input }) => {
      series.discard(input.seriesId);
      return {};
    }),
  });
}

/** A device of a series is told with about so many values. */
const thingsInItem = 10;

/** As `latestValue`, some times a second at most: hundreds of devices are prepared and posted to one by one. */
async function* pacedValue<Value>(
  read: () => Value,
  listen: Listen<unknown>,
  sizeOf: (value: Value) => number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Value, void> {
  let size = 0;
  const paced = new Paced(() => size);
  const stopListening = listen(() => paced.touch());
  const measured = () => {
    const value = read();
    size = sizeOf(value);
    return value;
  };
  try {
    yield* latestValue(measured, (push) => paced.changes.add(push), signal);
  } finally {
    stopListening();
    paced.close();
  }
}
