import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import type { FleetPolicies } from '../../../../shared/contract/states.ts';
import { whyNoOrder } from '../reach.ts';

/** A container that several devices have, and on which of them it can be restarted by itself. */
export interface RestartChoice {
  readonly container: string;
  readonly devices: number;
  /** Devices where its restart policy is `system`: they restart it with the board only. */
  readonly system: number;
  /** Devices that take no order now. */
  readonly outOfReach: number;
  readonly targets: readonly DeviceSummary[];
}

/** The containers of the devices, those that most of them have first. A policy that is not known yet is left to the device. */
export function restartChoices(
  devices: readonly DeviceSummary[],
  policies: FleetPolicies['groups'] | undefined,
): readonly RestartChoice[] {
  const withIt = new Map<string, DeviceSummary[]>();
  for (const device of devices) {
    for (const name of device.containers?.names ?? []) withIt.set(name, [...(withIt.get(name) ?? []), device]);
  }
  return [...withIt]
    .map(([container, having]) => {
      const system = systemOn(container, policies ?? []);
      const may = having.filter(({ id }) => !system.has(id));
      const targets = may.filter((device) => whyNoOrder(device) === undefined);
      return {
        container,
        devices: having.length,
        system: having.length - may.length,
        outOfReach: may.length - targets.length,
        targets,
      };
    })
    .sort((a, b) => b.devices - a.devices || a.container.localeCompare(b.container));
}

/** The devices on which a container's restart policy is `system`. */
function systemOn(container: string, groups: FleetPolicies['groups']): ReadonlySet<string> {
  return new Set(
    groups
      .filter(({ policies }) => policies.some((one) => one.container === container && one.policy === 'system'))
      .flatMap(({ devices }) => devices),
  );
}
