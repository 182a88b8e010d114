import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { DeviceId, DraftId, FileId, Instant, SeriesId } from './ids.ts';

/** An object that was added on this computer and is in the local store. Size in bytes. */
export const DraftObject = z.object({ sha: z.string(), size: z.number(), fileName: z.string().optional() });
export type DraftObject = z.infer<typeof DraftObject>;

export const Draft = z.object({
  id: DraftId,
  deviceId: DeviceId,
  /** Counts the edits; an edit names the version that it was made against. */
  version: z.number().int(),
  base: z.object({ revision: z.string(), text: z.string() }),
  text: z.string(),
  objects: z.array(DraftObject),
  /** What the person calls it; empty until then. */
  title: z.string(),
  /** What undo would take back and redo bring again, for people ("rename os/run.json"). */
  undo: z.string().optional(),
  redo: z.string().optional(),
  createdAt: Instant,
  changedAt: Instant,
  /** Entries whose Monaco text is not valid JSON yet: kept as typed, not part of `text`. */
  unfinished: z.record(z.string(), z.string()),
});
export type Draft = z.infer<typeof Draft>;

export const DraftSummary = z.object({
  id: DraftId,
  deviceId: DeviceId,
  title: z.string(),
  base: z.string(),
  /** It belongs to a change that goes to several devices. */
  seriesId: SeriesId.optional(),
  changes: z.number(),
  changedAt: Instant,
});
export type DraftSummary = z.infer<typeof DraftSummary>;

/** An entry that both sides changed since the base; a side that removed it has no text. Texts are raw JSON as in the states. */
export const RebaseConflict = z.object({
  key: z.string(),
  base: z.string().optional(),
  mine: z.string().optional(),
  theirs: z.string().optional(),
});
export type RebaseConflict = z.infer<typeof RebaseConflict>;

export const RebasePlan = z.object({
  from: z.string(),
  to: z.string(),
  /** Entries that only the draft changed, and those that only the other revision did. */
  mine: z.array(z.string()),
  theirs: z.array(z.string()),
  conflicts: z.array(RebaseConflict),
});
export type RebasePlan = z.infer<typeof RebasePlan>;

/** The largest piece of a file that one message carries, in bytes. */
export const maxPieceBytes = 4 * 1024 * 1024;

const Target = z.object({ draftId: DraftId });
const Edit = Target.extend({ version: z.number().int() });

/** Edits that belong together, such as the files of one drop: one step for undo. `label` is what that step is called. */
export const EditBatch = z.object({ id: z.string().min(1).max(64), label: z.string().min(1).max(300) });
export type EditBatch = z.infer<typeof EditBatch>;

export const draftContract = {
  list: procedure.input(z.object({ deviceId: DeviceId.optional() })).output(eventIterator(z.array(DraftSummary))),
  /** Starts a draft from a revision of the device ("current" for the running one). */
  create: procedure.input(z.object({ deviceId: DeviceId, revision: z.string() })).output(Draft),
  /** Another draft with the same base and changes. */
  duplicate: procedure.input(Target.extend({ title: z.string().trim().max(200) })).output(Draft),
  watch: procedure.input(Target).output(eventIterator(Draft)),
  /** Sets inline JSON. Text that is no JSON yet is kept as unfinished, so that nothing typed is lost. */
  setJson: procedure.input(Edit.extend({ key: z.string(), text: z.string(), batch: EditBatch.optional() })).output(Draft),
  /** Begins to take in a file of so many bytes, piece by piece: objects of 1 GB fit into no message. */
  openFile: procedure.input(z.object({ size: z.number().int().nonnegative() })).output(z.object({ fileId: FileId })),
  /** The piece that begins at byte `at`; pieces come in order. */
  sendPiece: procedure
    .input(z.object({ fileId: FileId, at: z.number().int().nonnegative(), bytes: z.instanceof(Blob) }))
    .output(z.object({})),
  dropFile: procedure.input(z.object({ fileId: FileId })).output(z.object({})),
  /** Adds or replaces a file that was sent whole. A key that ends in `.json` becomes inline unless `asObject`. */
  setFile: procedure
    .input(Edit.extend({ key: z.string(), fileId: FileId, asObject: z.boolean().optional(), batch: EditBatch.optional() }))
    .output(Draft),
  remove: procedure.input(Edit.extend({ keys: z.array(z.string()).min(1) })).output(Draft),
  removeContainer: procedure.input(Edit.extend({ container: z.string() })).output(Draft),
  rename: procedure.input(Edit.extend({ from: z.string(), to: z.string() })).output(Draft),
  /** Puts entries back to what the base has. */
  revert: procedure.input(Edit.extend({ keys: z.array(z.string()).min(1) })).output(Draft),
  setPolicy: procedure
    .input(Edit.extend({ container: z.string(), policy: z.enum(['inherit', 'container', 'system']) }))
    .output(Draft),
  /** Puts a container into a group by name; null leaves the group to the device's defaults. */
  setGroup: procedure.input(Edit.extend({ container: z.string(), group: z.string().nullable() })).output(Draft),
  /** What moving the draft onto another revision would do; nothing is changed. */
  rebasePlan: procedure.input(Target.extend({ revision: z.string() })).output(RebasePlan),
  /** Moves the draft onto another revision; each conflict of the plan needs a side. */
  rebase: procedure
    .input(Edit.extend({ revision: z.string(), sides: z.record(z.string(), z.enum(['mine', 'theirs'])) }))
    .output(Draft),
  /** Takes the last edit back, or brings it again: the whole draft as it was, unfinished texts and objects with it. */
  undo: procedure.input(Edit).output(Draft),
  redo: procedure.input(Edit).output(Draft),
  setTitle: procedure.input(Target.extend({ title: z.string().trim().max(200) })).output(Draft),
  discard: procedure.input(Target).output(z.object({})),
  /** Brings a discarded draft back, as long as the program runs. */
  restore: procedure.input(Target).output(Draft),
};
