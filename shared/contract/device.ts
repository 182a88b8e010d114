import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { RevisionName } from '../state/ids.ts';
import { procedure } from './base.ts';
import { Capabilities } from './connection.ts';
import { DeviceSummary } from './fleet.ts';
import { DeviceId, Instant, UpdateId } from './ids.ts';

/** A container as the device reports it now (pv-ctrl GET /containers); system containers have no auto-recovery. */
export const ContainerReport = z.object({
  name: z.string(),
  group: z.string().optional(),
  status: z.string(),
  statusGoal: z.string().optional(),
  restartPolicy: z.string().optional(),
  roles: z.array(z.string()),
  userStopped: z.boolean().optional(),
  autoRecovery: z
    .object({
      policy: z.string().optional(),
      maxRetries: z.number().optional(),
      currentRetries: z.number().optional(),
      stable: z.boolean().optional(),
    })
    .optional(),
});
export type ContainerReport = z.infer<typeof ContainerReport>;

export const GroupReport = z.object({
  name: z.string(),
  status: z.string().optional(),
  statusGoal: z.string().optional(),
  restartPolicy: z.string().optional(),
});
export type GroupReport = z.infer<typeof GroupReport>;

export const DeviceDetail = z.object({
  summary: DeviceSummary,
  capabilities: Capabilities,
  containers: z.object({ heardAt: Instant, list: z.array(ContainerReport), groups: z.array(GroupReport) }).optional(),
  deviceMeta: z.record(z.string(), z.unknown()).optional(),
  /** The device's own user-meta, without what the hub account's profile adds to it. */
  userMeta: z.record(z.string(), z.unknown()).optional(),
  /** What the hub account's profile adds to the user-meta of all its devices. */
  globalMeta: z.record(z.string(), z.unknown()).optional(),
  /** The last DONE revision: where a failing update would take the device back to. */
  rollbackTo: z.string().optional(),
  /** The revisions that the device went through without a reboot since it booted, oldest first, as far as Trailboss saw. */
  sinceBoot: z.array(z.string()),
});
export type DeviceDetail = z.infer<typeof DeviceDetail>;

/** What happened to a revision, from the device's own words. Times are instants; `date` is the device's own text. */
export const RevisionView = z.object({
  revision: RevisionName,
  message: z.string(),
  /** Who posted it, as the hub was told. */
  committer: z.string().optional(),
  /** It is on the hub's trail, where a step that the device has not taken can be cancelled. */
  onHub: z.boolean(),
  date: z.string().optional(),
  status: z.string(),
  statusMessage: z.string().optional(),
  running: z.boolean(),
  checkpoint: z.boolean(),
  /** How it was reached and what it was forecast to do, where Trailboss knows the state before it. */
  from: z.string().optional(),
  forecast: z.enum(['reboot', 'non-reboot', 'refused', 'crash']).optional(),
  actual: z.enum(['reboot', 'non-reboot']).optional(),
  /** The parts it changed against the revision before it, with the strongest effect on each. */
  parts: z.array(z.object({ part: z.string(), effect: z.enum(['reboot', 'restart', 'none']), entries: z.number() })).optional(),
  /** Stage durations in milliseconds, where Trailboss watched it. */
  stages: z.array(z.object({ stage: z.string(), ms: z.number() })).optional(),
  updateId: UpdateId.optional(),
  logs: z.array(z.object({ level: z.string().optional(), source: z.string().optional(), text: z.string() })).optional(),
  /** The state's text is at hand without asking the device. */
  stateKnown: z.boolean(),
});
export type RevisionView = z.infer<typeof RevisionView>;

export const Timeline = z.object({
  revisions: z.array(RevisionView),
  /** When the device last told its timeline; absent when only the running state is known (no SSH). */
  heardAt: Instant.optional(),
  /** There are older revisions on the hub that were not read yet. */
  older: z.boolean(),
});
export type Timeline = z.infer<typeof Timeline>;

const Target = z.object({ id: DeviceId });

export const deviceContract = {
  watch: procedure.input(Target).output(eventIterator(DeviceDetail)),
  timeline: procedure.input(Target).output(eventIterator(Timeline)),
  /** Reads the next page of older revisions into the timeline. */
  loadOlder: procedure.input(Target).output(z.object({})),
  /** The revision with its objects as pvr exports it (tar.gz), in pieces of base64 (a stream's events carry JSON); the hub packs it. */
  exportRevision: procedure
    .input(Target.extend({ revision: RevisionName }))
    .output(eventIterator(z.object({ fileName: z.string(), base64: z.base64() }))),
  /** The raw text of a revision's state. `current` is the running one. */
  state: procedure
    .input(Target.extend({ revision: z.string() }))
    .output(z.object({ revision: z.string(), text: z.string(), sha: z.string() })),
  /** At most `maxBytes` of an object, read from the device or from this computer's store. */
  object: procedure
    .input(Target.extend({ sha: z.string(), maxBytes: z.number().int().min(1).max(5_000_000) }))
    .output(z.object({ size: z.number().optional(), bytes: z.instanceof(Blob), truncated: z.boolean() })),
  /** Accepts a host key; `replaces` names the pinned one when the device was flashed anew. */
  trustHostKey: procedure.input(Target.extend({ fingerprint: z.string(), replaces: z.string().optional() })).output(z.object({})),
  unlockKey: procedure.input(z.object({ path: z.string(), passphrase: z.string() })).output(z.object({})),
  refresh: procedure.input(Target).output(z.object({})),
  /** Runs a revision that is on the device already (pv-ctrl LOCAL_RUN). */
  runRevision: procedure.input(Target.extend({ revision: RevisionName })).output(z.object({ updateId: UpdateId })),
  reboot: procedure.input(Target).output(z.object({ updateId: UpdateId.optional() })),
  containerAction: procedure
    .input(Target.extend({ container: z.string(), action: z.enum(['start', 'stop', 'restart']) }))
    .output(z.object({})),
};
