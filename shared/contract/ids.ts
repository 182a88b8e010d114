import { z } from 'zod';

/** Ids that Trailboss gives out itself. Revisions and objects are named by the device: see shared/state/ids.ts. */
export const DeviceId = z.string().min(1).max(64).brand<'DeviceId'>();
export type DeviceId = z.infer<typeof DeviceId>;

export const DraftId = z.string().min(1).max(64).brand<'DraftId'>();
export type DraftId = z.infer<typeof DraftId>;

/** One attempt to move a device: a post, a run of an existing revision, or a reboot. */
export const UpdateId = z.string().min(1).max(64).brand<'UpdateId'>();
export type UpdateId = z.infer<typeof UpdateId>;

/** One change on its way to several devices. */
export const SeriesId = z.string().min(1).max(64).brand<'SeriesId'>();
export type SeriesId = z.infer<typeof SeriesId>;

export const TerminalId = z.string().min(1).max(64).brand<'TerminalId'>();
export type TerminalId = z.infer<typeof TerminalId>;

/** A file on its way from the screen into the local store, in pieces. */
export const FileId = z.string().min(1).max(64).brand<'FileId'>();
export type FileId = z.infer<typeof FileId>;

/** A pvr checkout on this computer that was opened here. */
export const CheckoutId = z.string().min(1).max(64).brand<'CheckoutId'>();
export type CheckoutId = z.infer<typeof CheckoutId>;

/** A point in time in milliseconds since 1970, by the clock of the machine that runs Trailboss. */
export const Instant = z.number().int().nonnegative();
export type Instant = z.infer<typeof Instant>;
