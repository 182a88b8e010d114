import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { DeviceId, Instant, UpdateId } from './ids.ts';
import { ForecastRecord, VerdictLine } from './update.ts';

/** `right`: all that could be observed was forecast. `unobserved`: nothing of it could be. */
export const FidelityResult = z.enum(['right', 'wrong', 'unobserved']);
export type FidelityResult = z.infer<typeof FidelityResult>;

/** One update that ended, with what was forecast of it held against what the device did. */
export const FidelityEntry = z.object({
  updateId: UpdateId,
  deviceId: DeviceId,
  deviceName: z.string(),
  from: z.string().optional(),
  revision: z.string(),
  endedAt: Instant,
  result: FidelityResult,
  forecast: ForecastRecord,
  lines: z.array(VerdictLine),
  /** The device refused or failed what preflight had not foreseen, or took what it had said would be refused. */
  preflight: z.enum(['right', 'wrong', 'not-asked']),
  /** Both texts are kept, so that the pair can be copied. */
  pairKept: z.boolean(),
});
export type FidelityEntry = z.infer<typeof FidelityEntry>;

/** How often one statement of the forecast was right. */
export const FidelityCount = z.object({ what: z.string(), right: z.number(), wrong: z.number(), unobserved: z.number() });

export const FidelityOverview = z.object({
  updates: z.object({ right: z.number(), wrong: z.number(), unobserved: z.number() }),
  counts: z.array(FidelityCount),
  /** Newest first; every miss is among them. */
  entries: z.array(FidelityEntry),
});
export type FidelityOverview = z.infer<typeof FidelityOverview>;

export const fidelityContract = {
  overview: procedure.input(z.object({ deviceId: DeviceId.optional() })).output(eventIterator(FidelityOverview)),
  /** Running state, states since boot and next state of an update, as exact texts. */
  pair: procedure
    .input(z.object({ updateId: UpdateId }))
    .output(z.object({ running: z.string(), sinceBoot: z.array(z.string()), next: z.string() })),
};
