import type { ChangeKind } from '../../../../shared/compare/compare.ts';
import type { DifferenceGroup, FleetDifferences } from '../../../../shared/contract/states.ts';
import type { ChangeEffect } from '../../../../shared/forecast/index.ts';
import type { SpokenForecast } from '../../../../shared/forecast/sentence.ts';
import { meaningOfForecast } from '../../../ui/forecastMeaning.ts';
import { resolved } from '../entries.ts';

export type FleetDevice = DifferenceGroup['devices'][number];

/** An entry in which the devices of a group differ. Without `effect` it is not known what it alone does. */
export interface GroupChange {
  readonly key: string;
  readonly kind: ChangeKind;
  readonly effect: ChangeEffect | undefined;
}

export interface GroupPart {
  readonly part: string;
  /** The strongest effect in it that is known. */
  readonly effect: ChangeEffect | undefined;
  readonly changes: readonly GroupChange[];
}

/** What moving a device to the reference amounts to. */
export const outcomes = ['same', 'none', 'restart', 'reboot', 'refused', 'crash'] as const;
export type Outcome = (typeof outcomes)[number];

/** Devices that differ from the reference in the same way. */
export interface FleetGroup {
  /** No device has it: it starts with a slash. */
  readonly id: string;
  readonly sha: string;
  /** Undefined where there is no forecast. */
  readonly outcome: Outcome | undefined;
  readonly devices: readonly FleetDevice[];
  readonly differing: number;
  /** Those with the strongest effect first. */
  readonly parts: readonly GroupPart[];
  readonly forecast: SpokenForecast | undefined;
}

const strength: readonly (ChangeEffect | undefined)[] = [undefined, 'none', 'restart', 'reboot'];

function strongest(effects: readonly (ChangeEffect | undefined)[]): ChangeEffect | undefined {
  return strength[Math.max(0, ...effects.map((effect) => strength.indexOf(effect)))];
}

/** The groups as they are shown, in their order: largest first. */
export function fleetGroups({ groups }: FleetDifferences): readonly FleetGroup[] {
  const seen = new Map<string, number>();
  return groups.map((group): FleetGroup => {
    const before = seen.get(group.sha) ?? 0;
    seen.set(group.sha, before + 1);
    const forecast = spoken(group);
    const same = group.changes.length === 0;
    return {
      id: `/${group.sha}${before === 0 ? '' : `:${before}`}`,
      sha: group.sha,
      outcome: same ? 'same' : forecast === undefined ? undefined : outcomeOf(forecast),
      devices: group.devices,
      differing: group.changes.length,
      parts: partsOf(group),
      forecast: same ? undefined : forecast,
    };
  });
}

function outcomeOf(forecast: SpokenForecast): Outcome {
  const meaning = meaningOfForecast(forecast);
  return outcomes.find((outcome) => outcome === meaning) ?? 'none';
}

/**
 * The effects that a kept forecast tells: what forces a reboot, or without one, what restarts a container. Of the other entries it
 * says nothing while the board reboots anyway, and that they have no effect where it does not.
 */
function effectsOf({ forecast }: DifferenceGroup): (key: string) => ChangeEffect | undefined {
  if (forecast?.kind !== 'move') return () => undefined;
  const reasons = new Set(forecast.reasons.map(({ key }) => resolved(key)));
  const reboots = forecast.transition === 'reboot';
  return (key) => (reasons.has(key) ? (reboots ? 'reboot' : 'restart') : reboots ? undefined : 'none');
}

function spoken(group: DifferenceGroup): SpokenForecast | undefined {
  const { forecast, changes } = group;
  if (forecast?.kind !== 'move') return forecast;
  const { reasons, ...move } = forecast;
  const deciding = move.transition === 'reboot' ? 'reboot' : 'restart';
  const forced = new Set(reasons.map(({ key }) => resolved(key)));
  return {
    ...move,
    changes: [
      ...reasons.map(({ key }) => ({ key, effect: deciding }) as const),
      ...changes.filter(({ key }) => !forced.has(key)).map(({ key }) => ({ key, effect: 'none' }) as const),
    ],
  };
}

function partsOf(group: DifferenceGroup): readonly GroupPart[] {
  const effect = effectsOf(group);
  const parts = new Map<string, GroupChange[]>();
  for (const { key, kind, part } of group.changes) {
    const change: GroupChange = { key, kind: kind === 'formatting' ? 'formatting-only' : kind, effect: effect(key) };
    const known = parts.get(part);
    if (known === undefined) parts.set(part, [change]);
    else known.push(change);
  }
  return [...parts]
    .map(([part, changes]): GroupPart => ({ part, effect: strongest(changes.map((change) => change.effect)), changes }))
    .sort((one, other) => strength.indexOf(other.effect) - strength.indexOf(one.effect));
}

export interface GroupFilter {
  /** Words that must all be found in one device, or in what differs. */
  readonly text: string;
  /** Empty: all. */
  readonly outcomes: ReadonlySet<Outcome>;
}

export const everyGroup: GroupFilter = { text: '', outcomes: new Set() };

/** The groups that a filter lets through: whole where what differs is found, else with the devices that are. */
export function filteredFleetGroups(groups: readonly FleetGroup[], filter: GroupFilter): readonly FleetGroup[] {
  const words = filterWords(filter.text);
  return groups.flatMap((group) => {
    if (filter.outcomes.size > 0 && (group.outcome === undefined || !filter.outcomes.has(group.outcome))) return [];
    if (words.length === 0) return [group];
    const differs = group.parts.some(({ part, changes }) => changes.some(({ key }) => holds(`${part} ${key}`, words)));
    if (differs) return [group];
    const devices = group.devices.filter(({ name, revision }) => holds(`${name} ${revision}`, words));
    return devices.length === 0 ? [] : [{ ...group, devices }];
  });
}

export function filterWords(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

export function holds(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

/** How many devices there are of each outcome. */
export function outcomeCounts(groups: readonly FleetGroup[]): ReadonlyMap<Outcome, number> {
  const counts = new Map<Outcome, number>();
  for (const { outcome, devices } of groups) {
    if (outcome !== undefined) counts.set(outcome, (counts.get(outcome) ?? 0) + devices.length);
  }
  return counts;
}
