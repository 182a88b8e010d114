/**
 * The comparison that the device makes before it moves: entry by entry, until one forces a reboot.
 * Source: pantavisor state.c, pv_state_stop_platforms, pv_state_compare_jsons, pv_state_compare_objects.
 */
import type { DeviceEntry, DevicePlatform, Memory } from './device/model.ts';
import type { RuleId } from './types.ts';

/** An entry that differs for the device. */
export interface Difference {
  readonly key: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly rule: RuleId;
  /** Owner in the running state, and in the next one. */
  readonly running: DevicePlatform | undefined;
  readonly next: DevicePlatform | undefined;
  /** The running container that this entry alone would stop. */
  readonly stops: DevicePlatform | undefined;
}

export type Decision =
  | { readonly kind: 'reboot'; readonly trigger: Difference }
  | { readonly kind: 'crash'; readonly at: Difference }
  | { readonly kind: 'non-reboot'; readonly stopped: ReadonlySet<DevicePlatform> };

/** All that differs, in the order in which the device comes by it: inline JSON before objects, what is gone or changed before what is new. */
export function compareStates(running: Memory, next: Memory): readonly Difference[] {
  const lists = [
    [running.jsons, next.jsons],
    [running.objects, next.objects],
  ] as const;
  const runningNames = new Map<string, DevicePlatform>();
  for (const platform of running.platforms) if (!runningNames.has(platform.name)) runningNames.set(platform.name, platform);
  const nextNames = new Set(next.platforms.map(({ name }) => name));
  return lists.flatMap(([before, after]) => [...goneOrChanged(before, after, nextNames), ...added(before, after, runningNames)]);
}

/** What the device does about the differences: the first that forces a reboot wins, unless it dies before it comes there. */
export function decide(differences: readonly Difference[]): Decision {
  const stopped = new Set<DevicePlatform>();
  for (const difference of differences) {
    if (forcesReboot(difference.rule)) return { kind: 'reboot', trigger: difference };
    if (difference.rule === 'owner-lost') return { kind: 'crash', at: difference };
    if (difference.stops !== undefined) stopped.add(difference.stops);
  }
  return { kind: 'non-reboot', stopped };
}

function forcesReboot(rule: RuleId): boolean {
  return rule === 'no-owner' || rule === 'running-policy-system' || rule === 'next-policy-system';
}

function* goneOrChanged(
  before: readonly DeviceEntry[],
  after: readonly DeviceEntry[],
  nextNames: ReadonlySet<string>,
): Generator<Difference> {
  const inNext = firstByKey(after);
  for (const entry of before) {
    const counterpart = inNext.get(entry.key);
    if (counterpart?.value === entry.value) continue;
    const running = entry.owner;
    const next = counterpart?.owner;
    const kind = counterpart === undefined ? 'removed' : 'changed';
    yield { key: entry.key, kind, rule: ruleForChange(entry, counterpart, nextNames), running, next, stops: running };
  }
}

function ruleForChange(entry: DeviceEntry, counterpart: DeviceEntry | undefined, nextNames: ReadonlySet<string>): RuleId {
  if (entry.owner === undefined) return 'no-owner';
  if (entry.owner.restartPolicy !== 'container') return 'running-policy-system';
  if (counterpart === undefined) return nextNames.has(entry.owner.name) ? 'container-restarts' : 'container-stops';
  if (counterpart.owner === undefined) return 'owner-lost';
  return counterpart.owner.restartPolicy === 'container' ? 'container-restarts' : 'next-policy-system';
}

function* added(
  before: readonly DeviceEntry[],
  after: readonly DeviceEntry[],
  runningNames: ReadonlyMap<string, DevicePlatform>,
): Generator<Difference> {
  const inRunning = firstByKey(before);
  for (const { key, owner } of after) {
    if (inRunning.has(key)) continue;
    const stops = owner && runningNames.get(owner.name);
    yield { key, kind: 'added', rule: ruleForAddition(owner, stops), running: undefined, next: owner, stops };
  }
}

function ruleForAddition(owner: DevicePlatform | undefined, stops: DevicePlatform | undefined): RuleId {
  if (owner === undefined) return 'no-owner';
  if (owner.restartPolicy !== 'container') return 'next-policy-system';
  return stops === undefined ? 'container-starts' : 'container-restarts';
}

/** Of entries with one key the device finds the one that comes first in its own order, which is the last one of the text. */
function firstByKey(entries: readonly DeviceEntry[]): ReadonlyMap<string, DeviceEntry> {
  const byKey = new Map<string, DeviceEntry>();
  for (const entry of entries) if (!byKey.has(entry.key)) byKey.set(entry.key, entry);
  return byKey;
}
