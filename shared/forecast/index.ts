/**
 * The forecast: what a device will do when it moves from one state to another. It agrees with the device's own code
 * (pantavisor 029, embedded init mode, u-boot, the shipped groups). Signatures, presence and checksum of objects, and required
 * services are not looked at here: the device checks them before or after.
 */
import { describeChanges } from './changes.ts';
import { compareStates, decide } from './comparison.ts';
import type { DevicePlatform, Memory } from './device/model.ts';
import { type DeviceReading, readDeviceModel } from './device/read.ts';
import { groupMissingIn, rememberedState } from './memory.ts';
import type { Forecast, Move } from './types.ts';

export type {
  DeviceEntry,
  DeviceGroup,
  DeviceModel,
  DevicePlatform,
  EntryRole,
  GroupOrigin,
  GroupsSource,
  Origin,
  RestartPolicy,
  StatusGoal,
  TextEntry,
} from './device/model.ts';
export { type DeviceReading, readDeviceModel } from './device/read.ts';
export type { Change, ChangeEffect, ChangeKind, ChangePart, Forecast, Move, Rule, RuleId } from './types.ts';

export interface ForecastOptions {
  /**
   * Texts of the states that the device went through without a reboot since it booted, oldest first. It may end with the
   * running state or before it. An update without a reboot leaves memory behind that the texts alone do not show.
   */
  readonly sinceBoot?: readonly string[];
}

/**
 * Says what moving from `running` to `next` does, both raw JSON texts: the device compares texts, so never pass what was parsed
 * and written again. Never throws. Time and memory grow linearly with the texts.
 *
 * Source: pantavisor state.c, pv_state_stop_platforms.
 */
export function forecast(running: string, next: string, options: ForecastOptions = {}): Forecast {
  const from = readDeviceModel(running);
  if (from.kind !== 'accepted') return stopped(from, 'running');
  const to = readDeviceModel(next);
  if (to.kind !== 'accepted') return stopped(to, 'next');

  const memory = rememberedState(options.sinceBoot ?? [], running, from.model);
  const differences = compareStates(memory, to.model);
  const decision = decide(differences);
  if (decision.kind === 'crash') {
    const owner = decision.at.running?.name ?? 'a container';
    const reason = `${decision.at.key} belongs to ${owner} now and to no container in the next state. Take all files of a container out together with its run.json`;
    return { kind: 'crash', stage: 'move', reason };
  }
  const changes = describeChanges(from.model, to.model, differences);
  if (decision.kind === 'reboot') {
    return { kind: 'move', transition: 'reboot', restarts: [], starts: [], stops: [], checkpoint: true, changes };
  }
  const missing = groupMissingIn(memory, to.model, decision.stopped);
  if (missing !== undefined) {
    return {
      kind: 'crash',
      stage: 'move',
      reason: `a new container is in group ${missing}, which the running device does not have`,
    };
  }
  return {
    kind: 'move',
    transition: 'non-reboot',
    ...containersOf(memory, to.model, decision.stopped),
    checkpoint: false,
    changes,
  };
}

function stopped(reading: Exclude<DeviceReading, { kind: 'accepted' }>, which: 'running' | 'next'): Forecast {
  const { kind, reason } = reading;
  return kind === 'refused' ? { kind, which, reason } : { kind, stage: which, reason };
}

function containersOf(
  memory: Memory,
  next: Memory,
  stoppedPlatforms: ReadonlySet<DevicePlatform>,
): Pick<Move, 'restarts' | 'starts' | 'stops'> {
  const before = namesOf(memory.platforms);
  const after = namesOf(next.platforms);
  const down = namesOf([...stoppedPlatforms]);
  return {
    restarts: [...down].filter((name) => after.has(name)).sort(),
    starts: [...after].filter((name) => !before.has(name)).sort(),
    stops: [...down].filter((name) => !after.has(name)).sort(),
  };
}

function namesOf(platforms: readonly DevicePlatform[]): ReadonlySet<string> {
  return new Set(platforms.map(({ name }) => name));
}
