import type { DeviceId, DraftId } from '../../shared/contract/ids.ts';
import type { FleetDifferences, FleetPolicies } from '../../shared/contract/states.ts';
import { Listeners } from '../fleet/listeners.ts';

/** Something that was worked out of the running states, for as long as somebody looks. */
export interface OpenStates<Value> {
  /** Undefined until there is something to tell. */
  readonly value: Value | undefined;
  readonly changes: Listeners<void>;
  close(): void;
}

const progress = { read: 0, of: 0, unreadable: [] };

/** What the whole fleet runs. */
export class FleetStates {
  policies(): OpenStates<FleetPolicies> {
    return { value: { progress, groups: [] }, changes: new Listeners(), close: () => undefined };
  }

  async differences(
    _reference: { deviceId: DeviceId; revision: string } | { draftId: DraftId },
    _signal: AbortSignal,
  ): Promise<OpenStates<FleetDifferences>> {
    return { value: { progress, groups: [] }, changes: new Listeners(), close: () => undefined };
  }
}
