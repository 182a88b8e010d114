import { z } from 'zod';

/** A revision of a hub's trail as far as the fleet's row needs it. `changedAt` is by the hub's clock; absent where only the overview told. */
export const SightStep = z.object({
  revision: z.number(),
  status: z.string(),
  statusMessage: z.string(),
  message: z.string().optional(),
  changedAt: z.number().optional(),
  /** The sha of its state, of those that a device may run. */
  stateSha: z.string().optional(),
});
export type SightStep = z.infer<typeof SightStep>;

/** What a hub told of a device, newest word of each kind. Instants are by the hub's clock. */
export const HubSight = z.object({
  createdAt: z.number().optional(),
  /** When the device's row was last written, by the device or by a person. */
  modifiedAt: z.number().optional(),
  /** When the device itself last spoke to the hub. */
  spokeAt: z.number().optional(),
  /** Stands for the device-meta that was last seen: another one means that the device wrote it. */
  metaMark: z.string().optional(),
  /** The revision that runs, by the device's own words. */
  running: z.string().optional(),
  /** The newest revisions of the trail and the one that runs, oldest first. */
  steps: z.array(SightStep),
});
export type HubSight = z.infer<typeof HubSight>;

/** What was last known of a device, to show at once after a restart. */
export const DeviceFacts = z.object({
  running: z.string().optional(),
  board: z.string().optional(),
  arch: z.string().optional(),
  version: z.string().optional(),
  mode: z.string().optional(),
  heardAt: z.number().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  /** Who the device said over the local network that it is on its hub. */
  hubDeviceId: z.string().optional(),
  hub: HubSight.optional(),
});
export type DeviceFacts = z.infer<typeof DeviceFacts>;
