import { latestValue } from './live.ts';
import { implementer, type Rooms } from './rooms.ts';

export function updateRouter(rooms: Rooms) {
  const { updates } = rooms;
  const os = implementer(rooms.report).update;
  const patience = () => AbortSignal.timeout(120_000);
  return os.router({
    plan: os.plan.handler(({ input, signal }) => updates.plan(input, signal ?? patience())),
    facts: os.facts.handler(({ input, signal }) => updates.facts(input.draftId, signal ?? patience())),
    post: os.post.handler(async ({ input, signal }) => ({ updateId: await updates.post(input, signal ?? patience()) })),
    watch: os.watch.handler(({ input, signal }) =>
      latestValue(
        () => updates.get(input.updateId),
        (push) => updates.changes.add((update) => update.id === input.updateId && push(update)),
        signal,
      ),
    ),
    cancel: os.cancel.handler(({ input }) => {
      updates.cancel(input.updateId);
      return {};
    }),
    cancelRevision: os.cancelRevision.handler(async ({ input, signal }) => {
      await updates.cancelRevision(input.deviceId, input.revision, signal ?? patience());
      return {};
    }),
    markWontgo: os.markWontgo.handler(async ({ input, signal }) => {
      await updates.markWontgo(input.deviceId, input.revision, signal ?? patience());
      return {};
    }),
    resume: os.resume.handler(({ input }) => {
      updates.retry(input.updateId);
      return {};
    }),
    list: os.list.handler(({ input, signal }) =>
      latestValue(
        () => [...updates.list(input.deviceId)],
        (push) =>
          updates.changes.add((update) => (input.deviceId === undefined || update.deviceId === input.deviceId) && push(update)),
        signal,
      ),
    ),
  });
}
