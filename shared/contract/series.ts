import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { RebaseConflict } from './draft.ts';
import { KnownProblem } from './errors.ts';
import { DeviceId, DraftId, Instant, SeriesId, UpdateId } from './ids.ts';
import { ForecastRecord } from './update.ts';

/**
 * Where one device of a series is. `preparing`: its running state is read. `unchanged`: the change makes no difference there, nothing is
 * posted. `conflict`: its state and the change touch the same entry; a person has to say what holds. `ready` has a draft and its
 * forecast. `posting` to `failed` follow the update of that device.
 */
export const SeriesItem = z.object({
  deviceId: DeviceId,
  deviceName: z.string(),
  state: z.enum(['preparing', 'unchanged', 'conflict', 'problem', 'ready', 'left-out', 'posting', 'done', 'failed']),
  draftId: DraftId.optional(),
  /** The revision that the device ran when its draft was made. */
  base: z.string().optional(),
  /** Entries that its draft changes. */
  keys: z.array(z.string()),
  conflicts: z.array(RebaseConflict),
  forecast: ForecastRecord.optional(),
  /** Containers of the change that the device does not have. */
  absent: z.array(z.string()),
  problem: KnownProblem.optional(),
  updateId: UpdateId.optional(),
});
export type SeriesItem = z.infer<typeof SeriesItem>;

/** One change taken to several devices, one device after the other, each with a draft and a forecast of its own. It survives a crash. */
export const Series = z.object({
  id: SeriesId,
  title: z.string(),
  createdAt: Instant,
  message: z.string(),
  /** `stopped`: somebody stopped it, or a device failed; it can go on. */
  phase: z.enum(['preparing', 'ready', 'running', 'stopped', 'ended']),
  /** Why it stopped, for people. */
  stopped: z.string().optional(),
  items: z.array(SeriesItem),
});
export type Series = z.infer<typeof Series>;

/** Devices in one series. */
export const longestSeries = 500;

const Target = z.object({ seriesId: SeriesId });

export const seriesContract = {
  /** Takes what a draft changes to other devices: a draft on each, based on what it runs. Nothing is posted. */
  fromDraft: procedure
    .input(z.object({ draftId: DraftId, deviceIds: z.array(DeviceId).min(1).max(longestSeries) }))
    .output(Target),
  /** Sets restart policies: a draft on each device that is named. Nothing is posted. */
  fromPolicies: procedure
    .input(
      z.object({
        changes: z
          .array(z.object({ deviceId: DeviceId, container: z.string(), policy: z.enum(['inherit', 'container', 'system']) }))
          .min(1)
          .max(longestSeries * 50),
      }),
    )
    .output(Target),
  watch: procedure.input(Target).output(eventIterator(Series)),
  list: procedure.output(
    eventIterator(z.array(Series.omit({ items: true }).extend({ devices: z.number(), done: z.number(), failed: z.number() }))),
  ),
  /** Chooses a side for each conflict of a device. */
  resolve: procedure
    .input(Target.extend({ deviceId: DeviceId, sides: z.record(z.string(), z.enum(['mine', 'theirs'])) }))
    .output(z.object({})),
  /** Reads what a device runs now, and makes its draft anew: it moved on, or something failed. */
  prepare: procedure.input(Target.extend({ deviceId: DeviceId })).output(z.object({})),
  /** Leaves a device out, or takes it back in. */
  leaveOut: procedure.input(Target.extend({ deviceId: DeviceId, out: z.boolean() })).output(z.object({})),
  /** Posts to one device after the other, and goes on only when the one before ended well. Also goes on with a stopped one. */
  start: procedure.input(Target.extend({ message: z.string().max(2000) })).output(z.object({})),
  /** Posts to no further device; the update that is on its way goes on. */
  stop: procedure.input(Target).output(z.object({})),
  /** Forgets the series with the drafts that were not posted. */
  discard: procedure.input(Target).output(z.object({})),
};
