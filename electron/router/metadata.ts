import { UserMeta } from '../fleet/user-meta.ts';
import { implementer, type Rooms } from './rooms.ts';

export function metadataRouter(rooms: Rooms) {
  const { fleet, profile } = rooms;
  const meta = new UserMeta(profile);
  const os = implementer(rooms.report).metadata;
  const till = (signal: AbortSignal | undefined) => signal ?? AbortSignal.timeout(60_000);
  return os.router({
    set: os.set.handler(async ({ input, signal }) => {
      await meta.set(fleet.device(input.id), input.key, input.value, till(signal));
      return {};
    }),
    delete: os.delete.handler(async ({ input, signal }) => {
      await meta.delete(fleet.device(input.id), input.keys, till(signal));
      return {};
    }),
    setLabels: os.setLabels.handler(async ({ input, signal }) => {
      await meta.setLabels(fleet.device(input.id), input.labels, till(signal));
      return {};
    }),
    enableSsh: os.enableSsh.handler(({ input, signal }) => meta.enableSsh(fleet.device(input.id), till(signal))),
  });
}
