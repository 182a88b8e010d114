import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { DeviceId, Instant } from './ids.ts';

/** One line that a device logged. `at` is when the hub took it in; `deviceAt` is the device's own clock. */
export const LogEntry = z.object({
  id: z.string(),
  at: Instant,
  deviceAt: Instant.optional(),
  revision: z.string().optional(),
  platform: z.string().optional(),
  source: z.string().optional(),
  level: z.string(),
  text: z.string(),
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

const Target = z.object({ id: DeviceId, filter: LogFilter });

export const logsContract = {
  /** Newest first, `limit` at most; `older` is where to go on, absent at the end. */
  history: procedure
    .input(Target.extend({ limit: z.number().int().min(1).max(3000), older: z.string().optional() }))
    .output(z.object({ entries: z.array(LogEntry), older: z.string().optional() })),
  /** What comes in from now on, oldest first, in bunches as they come. `heardAt` is when the hub was asked last. */
  tail: procedure.input(Target).output(eventIterator(z.object({ heardAt: Instant, entries: z.array(LogEntry) }))),
};
