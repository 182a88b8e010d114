/** Every entry that differs between two states, with what its change does and why. */
import type { Difference } from './comparison.ts';
import { pathOf } from './device/keys.ts';
import type { DeviceModel, DevicePlatform, EntryRole, TextEntry } from './device/model.ts';
import { applyRule, type RuleFacts } from './rules.ts';
import { isSameValue } from './same-value.ts';
import type { Change, ChangeEffect, ChangeKind, ChangePart, RuleId } from './types.ts';

/** A key with all that the two texts hold under it; more than one entry where a key is repeated. */
interface TextDifference {
  readonly key: string;
  readonly before: readonly TextEntry[];
  readonly after: readonly TextEntry[];
}

/** The two states as read, to explain what the device's comparison does not come to. */
interface States {
  readonly running: DeviceModel;
  readonly next: DeviceModel;
}

const effectOrder: readonly ChangeEffect[] = ['reboot', 'restart', 'none'];

/**
 * Changes in order: those that force a reboot, those that restart a container, those without effect; in each in the order in
 * which the device comes to them.
 * @param differences what the device sees, in its order. It can see one that is not in the texts, where its memory has drifted
 */
export function describeChanges(running: DeviceModel, next: DeviceModel, differences: readonly Difference[]): readonly Change[] {
  const states = { running, next };
  const partOf = partFinder(states);
  const inTexts = textDifferences(running, next);
  const seen = decisiveDifferences(differences);
  const changes: Change[] = [];
  for (const difference of seen.values()) {
    const texts = inTexts.get(difference.key);
    const owner = difference.next ?? difference.running;
    const part = owner?.name ?? partOf(difference.key);
    const kind = texts === undefined ? difference.kind : kindOf(texts);
    const rule = texts === undefined ? ruleForDrift(difference) : difference.rule;
    changes.push({ key: difference.key, part, kind, ...applyRule(rule, difference) });
  }
  for (const texts of inTexts.values()) {
    if (seen.has(texts.key)) continue;
    const facts: RuleFacts = { key: texts.key };
    changes.push({
      key: texts.key,
      part: partOf(texts.key),
      kind: kindOf(texts),
      ...applyRule(ruleForUnseen(texts, states), facts),
    });
  }
  return effectOrder.flatMap((effect) => changes.filter((change) => change.effect === effect));
}

/** Of the differences with one key, such as JSON that becomes an object, the one with the strongest effect. */
function decisiveDifferences(differences: readonly Difference[]): ReadonlyMap<string, Difference> {
  const byEffect = new Map(effectOrder.map((effect) => [effect, new Map<string, Difference>()]));
  for (const difference of differences) {
    const sameEffect = byEffect.get(applyRule(difference.rule, difference).effect);
    if (sameEffect !== undefined && !sameEffect.has(difference.key)) sameEffect.set(difference.key, difference);
  }
  const decisive = new Map<string, Difference>();
  for (const sameEffect of byEffect.values()) {
    for (const [key, difference] of sameEffect) if (!decisive.has(key)) decisive.set(key, difference);
  }
  return decisive;
}

function textDifferences(running: DeviceModel, next: DeviceModel): ReadonlyMap<string, TextDifference> {
  const before = Map.groupBy(running.entries, ({ key }) => key);
  const after = Map.groupBy(next.entries, ({ key }) => key);
  const differences = new Map<string, TextDifference>();
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const difference = { key, before: before.get(key) ?? [], after: after.get(key) ?? [] };
    if (!haveSame('literal', difference)) differences.set(key, difference);
  }
  return differences;
}

function haveSame(field: 'literal' | 'value', { before, after }: TextDifference): boolean {
  return before.length === after.length && before.every((entry, index) => entry[field] === after[index]?.[field]);
}

function kindOf({ before, after }: TextDifference): ChangeKind {
  const [one, another] = before;
  const [other, further] = after;
  if (one === undefined) return 'added';
  if (other === undefined) return 'removed';
  const single = another === undefined && further === undefined;
  return single && isSameValue(one.literal, other.literal) ? 'formatting-only' : 'changed';
}

/** Roles whose entries the device never compares. */
const roleRules: Readonly<Partial<Record<EntryRole, RuleId>>> = {
  specification: 'specification',
  'tool-file': 'tool-file',
  signature: 'signature',
  'reserved-prefix': 'reserved-prefix',
};

/** An entry that is the same in both texts, and new to the device: it was dropped from memory, and belongs to no container now. */
function ruleForDrift({ kind, rule }: Difference): RuleId {
  return kind === 'added' && rule === 'no-owner' ? 'forgotten-entry' : rule;
}

/** Why the device does not see a change that is in the texts. */
function ruleForUnseen(texts: TextDifference, { running, next }: States): RuleId {
  const entry = texts.after[0] ?? texts.before[0];
  const byRole = entry && roleRules[entry.role];
  if (byRole !== undefined) return byRole;
  if (haveSame('value', texts)) return 'same-text';
  const isJson = entry?.role === 'json' || entry?.role === 'reserved';
  if (isJson && next.spec === 'pantavisor-multi-platform@1') return 'json-not-held';
  if (entry?.role === 'reserved') {
    const hasDeviceJson = [running, next].some(({ entries }) => entries.some(({ key }) => key === 'device.json'));
    return hasDeviceJson && !texts.key.startsWith('bsp/') && texts.key !== 'device.json'
      ? 'device-json-wins'
      : 'reserved-name-repeated';
  }
  return texts.before.length > 1 || texts.after.length > 1 ? 'repeated-key' : 'already-forgotten';
}

/** Finds the part of an entry that the device does not hold, by the rule that it would go by. */
function partFinder({ running, next }: States): (key: string) => ChangePart {
  const names = new Set([...running.platforms, ...next.platforms].map(({ name }: DevicePlatform) => name));
  return (key) => {
    const [first, second] = pathOf(key);
    const name = first === '_config' ? second : first;
    if (name !== undefined && names.has(name)) return name;
    return first === 'bsp' ? 'bsp' : 'none';
  };
}
