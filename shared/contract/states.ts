import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { DeviceId, DraftId } from './ids.ts';
import { ForecastRecord } from './update.ts';

/** How far reading the running states has come, in devices. Those with the same state sha are read once. */
export const StatesProgress = z.object({ read: z.number(), of: z.number(), unreadable: z.array(DeviceId) });
export type StatesProgress = z.infer<typeof StatesProgress>;

/** Where a container's restart policy comes from: its own run.json, its group, or the device's defaults. */
export const ContainerPolicy = z.object({
  container: z.string(),
  policy: z.enum(['system', 'container']),
  origin: z.enum(['own', 'group', 'default']),
  group: z.string().optional(),
});
export type ContainerPolicy = z.infer<typeof ContainerPolicy>;

/** Devices with the same containers, under the same policies that come from the same places. Containers are sorted by name. */
export const PolicyGroup = z.object({ policies: z.array(ContainerPolicy), devices: z.array(DeviceId) });
export type PolicyGroup = z.infer<typeof PolicyGroup>;

/** Largest group first. A cell for each container of each device would be a message of megabytes. */
export const FleetPolicies = z.object({ progress: StatesProgress, groups: z.array(PolicyGroup) });
export type FleetPolicies = z.infer<typeof FleetPolicies>;

/**
 * Devices that differ in the same way from what they are compared with. `changes` says what moving them to the reference would change
 * (`added`: the reference has it and they don't); it is empty for those that run the same.
 */
export const DifferenceGroup = z.object({
  /** sha256 of the canonical state that these devices run. */
  sha: z.string(),
  devices: z.array(z.object({ id: DeviceId, name: z.string(), revision: z.string() })),
  changes: z.array(z.object({ key: z.string(), kind: z.enum(['added', 'removed', 'changed', 'formatting']), part: z.string() })),
  /** What moving these devices to the reference would do. */
  forecast: ForecastRecord.optional(),
});
export type DifferenceGroup = z.infer<typeof DifferenceGroup>;

export const FleetDifferences = z.object({ progress: StatesProgress, groups: z.array(DifferenceGroup) });
export type FleetDifferences = z.infer<typeof FleetDifferences>;

/** What the whole fleet runs, read from storage first, then from devices that can be asked; current while somebody watches. */
export const statesContract = {
  policies: procedure.output(eventIterator(FleetPolicies)),
  /** How every device differs from a revision of one device ("current" for the running one) or from a draft. Largest group first. */
  differences: procedure
    .input(z.union([z.object({ deviceId: DeviceId, revision: z.string() }), z.object({ draftId: DraftId })]))
    .output(eventIterator(FleetDifferences)),
};
