import { latestValue } from './live.ts';
import { implementer, type Rooms } from './rooms.ts';

export function seriesRouter(rooms: Rooms) {
  const { series } = rooms;
  const os = implementer(rooms.report).series;
  return os.router({
    fromDraft: os.fromDraft.handler(({ input }) => ({ seriesId: series.fromDraft(input.draftId, input.deviceIds) })),
    fromPolicies: os.fromPolicies.handler(({ input }) => ({ seriesId: series.fromPolicies(input.changes) })),
    watch: os.watch.handler(({ input, signal }) =>
      latestValue(
        () => series.get(input.seriesId),
        (push) => series.changes.add((id) => id === input.seriesId && push(id)),
        signal,
      ),
    ),
    list: os.list.handler(({ signal }) =>
      latestValue(
        () => [...series.list()],
        (push) => series.changes.add(push),
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
