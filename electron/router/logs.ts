import { TrailbossError } from '../../shared/contract/errors.ts';
import type { LogOrigin } from '../../shared/contract/logs.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import { type HeardNews, LogTails } from '../fleet/logs/log-tails.ts';
import { hubOf } from '../fleet/user-meta.ts';
import type { DeviceLogs, LogNews } from '../sources/source.ts';
import { implementer, type Rooms } from './rooms.ts';

const doing = 'Reading logs';
const readMs = 60_000;
const linesAtFirst = 200;

export function logsRouter(rooms: Rooms) {
  const { fleet, now } = rooms;
  const os = implementer(rooms.report).logs;
  const tails = new LogTails();
  return os.router({
    history: os.history.handler(async ({ input, signal }) => {
      const { limit, older, filter, file } = input;
      const watch = fleet.device(input.id);
      const ends = signal ?? AbortSignal.timeout(readMs);
      if (originOf(watch, input.from) === 'hub') {
        const { client, deviceId } = hubOf(watch, doing);
        const page = await client.logs(deviceId, filter, { limit, older }, ends);
        return { entries: [...page.entries], ...(page.older !== undefined && { older: page.older }) };
      }
      if (file === undefined) throw noFile();
      const page = await filesOf(watch).older(file, { before: byteOf(older), limit }, ends);
      return { entries: [...page.entries], ...(page.older !== undefined && { older: String(page.older) }) };
    }),
    tail: os.tail.handler(({ input, signal }) => {
      const { key, filter, lines = linesAtFirst, revision, places } = input;
      const watch = fleet.device(input.id);
      const from = originOf(watch, input.from);
      const ends = signal ?? new AbortController().signal;
      if (from === 'hub') {
        const { client, deviceId } = hubOf(watch, doing);
        return tails.tail(key, from, (stop) => client.tailLogs(deviceId, filter, stop), ends);
      }
      const files = filesOf(watch);
      return tails.tail(key, from, (stop) => heard(files.follow({ lines, revision, places }, stop), now), ends);
    }),
    taken: os.taken.handler(({ input }) => tails.taken(input.key, input.lines)),
    sources: os.sources.handler(async ({ input, signal }) => {
      const { running, files } = await filesOf(fleet.device(input.id)).list(signal ?? AbortSignal.timeout(readMs));
      return { files: [...files], ...(running !== undefined && { running }) };
    }),
    bytes: os.bytes.handler(async ({ input, signal }) => {
      const { file, offset, length } = input;
      const read = await filesOf(fleet.device(input.id)).read(file, { offset, length }, signal ?? AbortSignal.timeout(readMs));
      return { bytes: new Blob([Uint8Array.from(read.bytes)]), size: read.size };
    }),
  });
}

/** The device itself knows best, as long as it was heard over SSH. */
function originOf(watch: DeviceWatch, wanted: LogOrigin | undefined): LogOrigin {
  if (wanted !== undefined) return wanted;
  return watch.link.by('lan')?.capabilities.readLogs === true || watch.record.hub === undefined ? 'ssh' : 'hub';
}

function filesOf(watch: DeviceWatch): DeviceLogs {
  const { logs } = watch.link;
  if (logs !== undefined) return logs;
  throw new TrailbossError('WAY_MISSING', {
    what: 'Reading the log files on a device needs SSH, and this device is not reached over SSH.',
    unchanged: 'Nothing was changed.',
    next: 'Add SSH to the ways that lead to the device.',
  });
}

async function* heard(news: AsyncIterable<LogNews>, now: () => number): AsyncGenerator<HeardNews> {
  for await (const piece of news) yield { ...piece, heardAt: now() };
}

function byteOf(older: string | undefined): number | undefined {
  if (older === undefined) return undefined;
  const byte = Number(older);
  if (Number.isSafeInteger(byte) && byte > 0) return byte;
  throw new TrailbossError('BAD_INPUT', {
    what: 'This is no place in a log file to go on from.',
    unchanged: 'Nothing was changed.',
    next: 'Start from the newest lines.',
  });
}

function noFile(): TrailbossError {
  return new TrailbossError('BAD_INPUT', {
    what: 'Older lines are read from one log file at a time, and none was named.',
    unchanged: 'Nothing was changed.',
    next: 'Choose one file.',
  });
}
