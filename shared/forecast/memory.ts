/**
 * What a running device holds in memory. After a reboot that is the state as parsed; an update without a reboot only takes out
 * the containers that it stopped and puts in those that are new, so that the memory can drift away from the state.
 */
import { compareStates, decide } from './comparison.ts';
import type { DeviceModel, DevicePlatform, Memory } from './device/model.ts';
import { readDeviceModel } from './device/read.ts';

/**
 * The memory after an update without a reboot.
 * Source: pantavisor state.c, pv_state_remove_updated_platforms and pv_state_transfer_platforms.
 */
export function afterUpdate(running: Memory, next: Memory, stopped: ReadonlySet<DevicePlatform>): Memory {
  const platforms = running.platforms.filter((platform) => !stopped.has(platform));
  const staying = new Set(platforms.map(({ name }) => name));
  const isKept = ({ owner }: { owner: DevicePlatform | undefined }) => owner === undefined || !stopped.has(owner);
  const isNew = ({ owner }: { owner: DevicePlatform | undefined }) => owner !== undefined && !staying.has(owner.name);
  const comers = firstOfEachName(next.platforms).filter(({ name }) => !staying.has(name));
  return {
    groups: running.groups,
    platforms: [...platforms, ...comers],
    jsons: [...running.jsons.filter(isKept), ...next.jsons.filter(isNew)],
    objects: [...running.objects.filter(isKept), ...next.objects.filter(isNew)],
  };
}

/**
 * The memory of a device that went through these states since it booted and now runs `running`. A move that reboots or crashes
 * starts afresh, and a state that the device refuses changes nothing.
 * @param earlier oldest first; ending with the running state itself makes no difference
 */
export function rememberedState(earlier: readonly string[], running: string, model: DeviceModel): Memory {
  const before = earlier.at(-1) === running ? earlier.slice(0, -1) : earlier;
  let memory: Memory | undefined;
  for (const text of before) {
    const reading = readDeviceModel(text);
    if (reading.kind === 'accepted') memory = step(memory, reading.model);
  }
  return step(memory, model);
}

function firstOfEachName(platforms: readonly DevicePlatform[]): readonly DevicePlatform[] {
  const names = new Set<string>();
  return platforms.filter(({ name }) => names.size < names.add(name).size);
}

function step(memory: Memory | undefined, next: DeviceModel): Memory {
  if (memory === undefined) return next;
  const decision = decide(compareStates(memory, next));
  return decision.kind === 'non-reboot' ? afterUpdate(memory, next, decision.stopped) : next;
}

/**
 * The group of a container that would come into memory without its group being there: groups are not taken over, and the
 * device dies looking for it. Source: pantavisor state.c, pv_state_transfer_groups.
 */
export function groupMissingIn(running: Memory, next: Memory, stopped: ReadonlySet<DevicePlatform>): string | undefined {
  const present = new Set(running.groups.map(({ name }) => name));
  const { platforms } = afterUpdate(running, next, stopped);
  return platforms.find(({ group }) => group !== undefined && !present.has(group.name))?.group?.name;
}
