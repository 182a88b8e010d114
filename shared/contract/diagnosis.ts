import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { WayName } from './connection.ts';
import { KnownProblem } from './errors.ts';
import { DeviceId } from './ids.ts';

/** The questions in the order in which one needs the other. `clock`: how far the device's clock is from this computer's; on a hub's way the hub's. */
export const DiagnosisQuestion = z.enum([
  'name',
  'port',
  'protocol',
  'host-key',
  'login',
  'pv-ctrl',
  'session',
  'on-hub',
  'heard',
  'clock',
]);
export type DiagnosisQuestion = z.infer<typeof DiagnosisQuestion>;

export const DiagnosisStep = z.object({
  way: WayName,
  question: DiagnosisQuestion,
  /** `skipped`: a step before it failed, or the way is not set up. */
  state: z.enum(['waiting', 'running', 'ok', 'doubtful', 'failed', 'skipped']),
  /** Milliseconds that it took. */
  took: z.number().optional(),
  /** What was found, for people: addresses, the server's name, a fingerprint, seconds of difference. */
  found: z.string().optional(),
  problem: KnownProblem.optional(),
});
export type DiagnosisStep = z.infer<typeof DiagnosisStep>;

/** "Why can't I reach it?": each way to a device in numbered steps. */
export const diagnosisContract = {
  /** All steps at once, again with each answer; ends when the last one is answered. It asks anew and leaves open connections alone. */
  run: procedure.input(z.object({ id: DeviceId })).output(eventIterator(z.array(DiagnosisStep))),
};
