import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { RevisionName } from '../state/ids.ts';
import { procedure } from './base.ts';
import { Via, WayName } from './connection.ts';
import { ContainerReport } from './device.ts';
import { KnownProblem } from './errors.ts';
import { DeviceId, DraftId, Instant, UpdateId } from './ids.ts';

/** What a post to the hub finds there. */
export const HubPlan = z.object({
  /** The newest revision on the trail, whatever became of it. The post takes the number after it, and only that. */
  head: z.object({
    revision: z.string(),
    message: z.string(),
    committer: z.string().optional(),
    status: z.string(),
    at: Instant.optional(),
  }),
  /** Revisions that the device has not taken yet; it takes the oldest first. */
  pending: z.array(z.object({ revision: z.string(), message: z.string(), committer: z.string().optional() })),
  /** Bytes of all states that the device would read at once, with this one; it reads 2 MiB at most. */
  pendingBytes: z.number(),
  /** Bytes left of the objects quota, where the hub tells. */
  quotaLeft: z.number().optional(),
});
export type HubPlan = z.infer<typeof HubPlan>;

export { maxPendingBytes } from '../forecast/preflight/size.ts';

/** What preflight is told of a device (shared/forecast/preflight-types.ts). What is absent is not known. Sizes in bytes. */
export const DeviceFacts = z.object({
  storage: z.object({ total: z.number().optional(), free: z.number().optional(), reserved: z.number().optional() }).optional(),
  /** PV_SECUREBOOT_MODE. */
  secureboot: z.string().optional(),
  missingObjects: z.array(z.string()).optional(),
  newObjects: z.array(z.object({ sha: z.string(), size: z.number() })).optional(),
  pendingBytes: z.number().optional(),
  pendingSteps: z.number().optional(),
});
export type DeviceFacts = z.infer<typeof DeviceFacts>;

/** What would be sent, asked of the device or its hub before anything is. Sizes in bytes. */
export const PostPlan = z.object({
  suggestedName: z.string(),
  takenNames: z.array(z.string()),
  /** Objects that the device lacks and this computer has. */
  upload: z.array(z.object({ sha: z.string(), size: z.number(), key: z.string() })),
  /** Objects that the device lacks and nobody here has: the update would fail. */
  missing: z.array(z.object({ sha: z.string(), key: z.string() })),
  /** Whether the device could be asked which objects it has (over the pvr endpoint alone only one by one). */
  asked: z.boolean(),
  /** What preflight is told of the device and of this direction. */
  facts: DeviceFacts,
  freeBytes: z.number().optional(),
  running: z.string().optional(),
  /** The running revision is not the draft's base any more, and neither is the one that a post to the hub would follow. */
  baseMoved: z.boolean(),
  /** The checkpoint that a failure takes the device back to, and the UPDATED revisions that would be lost. */
  rollback: z.object({ to: z.string().optional(), lost: z.array(z.string()), known: z.boolean() }),
  /** The direction that this plan is for, and each that there is, with why it is closed. */
  via: Via,
  directions: z.array(z.object({ via: Via, closed: z.string().optional() })),
  /** The direction that suggests itself: what the draft follows came this way, or the other one is closed. */
  suggested: z.object({ via: Via, because: z.enum(['came-this-way', 'other-closed']) }),
  /** Posting this way leaves the hub behind: a local revision takes the device off it until it goes remote again. */
  leavesHub: z.boolean(),
  /** The device runs a local revision now, and does not ask its hub. */
  offHub: z.boolean(),
  /** What the hub says of its trail. */
  hub: HubPlan.optional(),
  uploadWay: WayName,
  postWay: WayName,
});
export type PostPlan = z.infer<typeof PostPlan>;

/** A report that Trailboss heard from the device; `heardAt` is when. */
export const ProgressReport = z.object({
  heardAt: Instant,
  status: z.string(),
  message: z.string(),
  retries: z.number().exactOptional(),
  downloads: z.object({ total: z.number(), done: z.number() }).exactOptional(),
  logs: z.string().exactOptional(),
});
export type ProgressReport = z.infer<typeof ProgressReport>;

/** What was forecast when it was posted, kept to be held against what happened. */
export const ForecastRecord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('refused'), which: z.enum(['running', 'next']), reason: z.string() }),
  z.object({ kind: z.literal('crash'), stage: z.enum(['running', 'next', 'move']), reason: z.string() }),
  z.object({
    kind: z.literal('move'),
    transition: z.enum(['reboot', 'non-reboot']),
    restarts: z.array(z.string()),
    starts: z.array(z.string()),
    stops: z.array(z.string()),
    checkpoint: z.boolean(),
    reasons: z.array(z.object({ key: z.string(), rule: z.string() })),
  }),
]);
export type ForecastRecord = z.infer<typeof ForecastRecord>;

export const VerdictLine = z.object({
  what: z.string(),
  forecast: z.string(),
  actual: z.string(),
  agrees: z.enum(['yes', 'no', 'not-observed']),
});
export type VerdictLine = z.infer<typeof VerdictLine>;

/**
 * Where an update is. `uploading` and `posting` are Trailboss's own work, journalled and resumable; `moving` is the device's.
 * `interrupted` waits for the person or for the network; nothing is lost.
 */
export const UpdatePhase = z.enum(['uploading', 'posting', 'moving', 'interrupted', 'ended', 'cancelled']);
export type UpdatePhase = z.infer<typeof UpdatePhase>;

export const UpdateView = z.object({
  id: UpdateId,
  deviceId: DeviceId,
  kind: z.enum(['post', 'run', 'reboot']),
  via: Via,
  /** The revision that the device moves to; for a reboot, the one that runs. */
  revision: RevisionName,
  message: z.string(),
  /** The draft that is posted. It is there until the device or its hub has taken the revision. */
  draftId: DraftId.optional(),
  from: z.string().optional(),
  phase: UpdatePhase,
  startedAt: Instant,
  endedAt: Instant.optional(),
  upload: z
    .object({
      objects: z.number(),
      objectsDone: z.number(),
      bytes: z.number(),
      bytesDone: z.number(),
      startedAt: Instant,
      endedAt: Instant.optional(),
    })
    .optional(),
  postedAt: Instant.optional(),
  reports: z.array(ProgressReport),
  containers: z.array(ContainerReport).optional(),
  heardAt: Instant.optional(),
  silentSince: Instant.optional(),
  /** Nothing new was reported for longer than this stage usually takes on this device. `usual` in milliseconds. */
  stalled: z.object({ stage: z.string(), since: Instant, usual: z.number() }).optional(),
  problem: KnownProblem.optional(),
  forecast: ForecastRecord.optional(),
  /** Present when it ended: did it reach the new revision, and where is the device now. */
  outcome: z
    .object({
      result: z.enum(['done', 'updated', 'failed', 'refused', 'rebooted', 'unknown']),
      runningNow: z.string().optional(),
      rolledBackTo: z.string().optional(),
      lost: z.array(z.string()),
      rebooted: z.boolean().optional(),
      verdict: z.array(VerdictLine),
    })
    .optional(),
});
export type UpdateView = z.infer<typeof UpdateView>;

const Target = z.object({ updateId: UpdateId });

export const updateContract = {
  plan: procedure.input(z.object({ draftId: DraftId, via: Via.optional() })).output(PostPlan),
  /** What preflight is told of the device while a draft is edited, asked of the device where it is reached. */
  facts: procedure.input(z.object({ draftId: DraftId })).output(DeviceFacts),
  /**
   * Writes the journal, uploads what is missing, posts, and watches. Returns as soon as the journal is written. A state that preflight says
   * will be refused is posted with `acceptRefusal` alone; BAD_STATE otherwise.
   */
  post: procedure
    .input(
      z.object({
        draftId: DraftId,
        version: z.number().int(),
        name: z.string(),
        message: z.string().max(2000),
        via: Via,
        acceptRefusal: z.boolean().optional(),
      }),
    )
    .output(z.object({ updateId: UpdateId })),
  watch: procedure.input(Target).output(eventIterator(UpdateView)),
  /** Stops uploading. What the device has already taken stays there, unused. After the post itself nothing can be cancelled. */
  cancel: procedure.input(Target).output(z.object({})),
  /** Takes a revision back that its device has not begun (hub status NEW becomes CANCEL). */
  cancelRevision: procedure.input(z.object({ deviceId: DeviceId, revision: RevisionName })).output(z.object({})),
  /** Marks a revision that is in progress as WONTGO on the hub; a device that still runs may overwrite that. */
  markWontgo: procedure.input(z.object({ deviceId: DeviceId, revision: RevisionName })).output(z.object({})),
  resume: procedure.input(Target).output(z.object({})),
  list: procedure
    .input(z.object({ deviceId: DeviceId.optional() }))
    .output(eventIterator(z.array(UpdateView.omit({ reports: true, containers: true })))),
};
