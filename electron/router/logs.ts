import { hubOf } from '../fleet/user-meta.ts';
import { implementer, type Rooms } from './rooms.ts';

const doing = 'Reading logs';

export function logsRouter(rooms: Rooms) {
  const { fleet } = rooms;
  const os = implementer(rooms.report).logs;
  return os.router({
    history: os.history.handler(async ({ input, signal }) => {
      const { client, deviceId } = hubOf(fleet.device(input.id), doing);
      const { limit, older: from, filter } = input;
      const page = await client.logs(deviceId, filter, { limit, older: from }, signal ?? AbortSignal.timeout(60_000));
      return { entries: [...page.entries], ...(page.older !== undefined && { older: page.older }) };
    }),
    tail: os.tail.handler(async function* ({ input, signal }) {
      const { client, deviceId } = hubOf(fleet.device(input.id), doing);
      const ends = signal ?? new AbortController().signal;
      for await (const { heardAt, entries } of client.tailLogs(deviceId, input.filter, ends))
        yield { heardAt, entries: [...entries] };
    }),
  });
}
