import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { DeviceId, Instant } from './ids.ts';

/** Where a device's log is read: its own files over SSH, or what it sent to its hub. */
export const LogOrigin = z.enum(['ssh', 'hub']);
export type LogOrigin = z.infer<typeof LogOrigin>;

/** Something that happened to the log itself, in the order of its lines. */
export const LogMark = z.discriminatedUnion('kind', [
  /** Lines of one file follow that were there before anybody looked, from the byte `older` on: what is before that can be read too. */
  z.object({ kind: z.literal('before'), older: z.number() }),
  /** What follows was heard as it was written. */
  z.object({ kind: z.literal('live') }),
  /** A file that was not there before: a container began to log. */
  z.object({ kind: z.literal('appeared') }),
  /** The file was begun anew by the device: what it had last may be missing. */
  z.object({ kind: z.literal('rotated') }),
  /** The device did not answer for so long (milliseconds). Its files are read on from where they were. */
  z.object({ kind: z.literal('away'), ms: z.number() }),
  /** The device runs another revision now, which has files of its own. */
  z.object({ kind: z.literal('revision'), before: z.string().optional(), now: z.string() }),
  /** Lines that were let go because the window did not keep up. */
  z.object({ kind: z.literal('skipped'), lines: z.number() }),
  /** Bytes of one file that were not fetched because the device writes quicker than they come over. */
  z.object({ kind: z.literal('behind'), bytes: z.number() }),
]);
export type LogMark = z.infer<typeof LogMark>;

/**
 * One line that a device logged. `at` is when it was heard: by the hub, or by Trailboss over SSH; absent for a line that was in a file
 * before. Over SSH `file` is the path of the file and `id` the byte of the line in it. `deviceAt` is the device's own clock, `uptime` its seconds since boot. `level` is empty where the line tells none.
 * `mark`: no line, but something that happened to the log.
 */
export const LogEntry = z.object({
  id: z.string(),
  at: Instant.optional(),
  deviceAt: Instant.optional(),
  uptime: z.number().optional(),
  revision: z.string().optional(),
  platform: z.string().optional(),
  source: z.string().optional(),
  file: z.string().optional(),
  level: z.string(),
  text: z.string(),
  mark: LogMark.optional(),
});
export type LogEntry = z.infer<typeof LogEntry>;

/** An empty list lets everything through. Levels, sources and platforms are the device's own words. */
export const LogFilter = z.object({
  levels: z.array(z.string()),
  sources: z.array(z.string()),
  platforms: z.array(z.string()),
  revisions: z.array(z.string()),
  after: Instant.optional(),
  before: Instant.optional(),
});
export type LogFilter = z.infer<typeof LogFilter>;

export const noLogFilter: LogFilter = { levels: [], sources: [], platforms: [], revisions: [] };

/** A log file on a device: the revision that wrote it, and its path under that (`web/lxc/console.log`). */
export const LogFileName = z.object({ revision: z.string().min(1).max(200), path: z.string().min(1).max(1000) });
export type LogFileName = z.infer<typeof LogFileName>;

/** `platform` is `pantavisor` or a container; `source` is what is left of the path. Size in bytes; a packed one was rotated away. */
export const LogFile = LogFileName.extend({
  platform: z.string(),
  source: z.string(),
  size: z.number(),
  packed: z.boolean(),
});
export type LogFile = z.infer<typeof LogFile>;

/** How far the files of one revision were read, in bytes by path: where a tail goes on without a gap. */
export const LogPlaces = z.object({ revision: z.string(), ends: z.record(z.string(), z.number()) });
export type LogPlaces = z.infer<typeof LogPlaces>;

/** So many lines may be on their way to a window that did not say yet that it took them. */
export const mostUntakenLines = 20_000;
/** The most that `logs.bytes` gives at once. */
export const mostLogBytes = 1_048_576;

/** Filters are the hub's; over SSH whole files come, and the window filters. `from` is left out: the device itself where SSH is open. */
const Target = z.object({ id: DeviceId, from: LogOrigin.optional(), filter: LogFilter });

const Tail = z.object({
  heardAt: Instant,
  entries: z.array(LogEntry),
  from: LogOrigin,
  /** Over SSH: where the files end that were read, those that are new in this bunch alone. */
  places: LogPlaces.optional(),
  /** The device has not answered since; it is tried again by itself. */
  awaySince: Instant.optional(),
  /** The revision is not the one that runs: nothing more will come. */
  ended: z.boolean().optional(),
});
export type LogTail = z.infer<typeof Tail>;

export const logsContract = {
  /**
   * Newest first, `limit` at most; `older` is where to go on, absent at the end. Over SSH it reads one `file`, backwards from the byte
   * `older`, or from its end.
   */
  history: procedure
    .input(
      Target.extend({ limit: z.number().int().min(1).max(3000), older: z.string().optional(), file: LogFileName.optional() }),
    )
    .output(z.object({ entries: z.array(LogEntry), older: z.string().optional() })),
  /**
   * What comes in from now on, oldest first, in bunches about every 100 ms. Over SSH the last `lines` of each file come first, or what
   * was written since `places`; a `revision` that does not run is read to its end. No more than `mostUntakenLines` are sent until
   * `taken` says under the same `key` that the window has them: what a slow window misses is counted and told by a mark.
   */
  tail: procedure
    .input(
      Target.extend({
        key: z.string().min(1).max(100),
        lines: z.number().int().min(0).max(5000).optional(),
        revision: z.string().max(200).optional(),
        places: LogPlaces.optional(),
      }),
    )
    .output(eventIterator(Tail)),
  /** So many lines more of a tail were taken in by the window. */
  taken: procedure.input(z.object({ key: z.string().max(100), lines: z.number().int().min(0) })).output(z.void()),
  /** The log files on the device, over SSH; `running` is the revision that `current` leads to. */
  sources: procedure
    .input(z.object({ id: DeviceId }))
    .output(z.object({ running: z.string().optional(), files: z.array(LogFile) })),
  /** Bytes of a file from an offset on, `mostLogBytes` at most; fewer at its end. `size` is how long the file is now. */
  bytes: procedure
    .input(
      z.object({
        id: DeviceId,
        file: LogFileName,
        offset: z.number().int().min(0),
        length: z.number().int().min(1).max(mostLogBytes),
      }),
    )
    .output(z.object({ bytes: z.instanceof(Blob), size: z.number() })),
};
