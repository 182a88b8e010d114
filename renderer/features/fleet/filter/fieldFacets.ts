import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { conditionWords } from '../../../ui/conditionWords.ts';
import { compareCells } from '../../../ui/tableSort.ts';
import { fieldValues } from './deviceWords.ts';
import { conditions, type FieldName } from './filterFields.ts';

/** A value that a field can have, and how many devices of the fleet have it. */
export interface Facet {
  readonly value: string;
  readonly devices: number;
  /** Other words for it, where they are what the table shows. */
  readonly called?: string;
}

/** Values that are offered whether or not a device has them, in this order. */
const always: { readonly [F in FieldName]?: readonly string[] } = {
  status: ['attention', ...conditions],
  source: ['lan', 'hub', 'both'],
  checkpoint: ['yes', 'no'],
};

/** The values of a field in the fleet: known ones in their own order, all others with the most devices first. */
export function facetsOf(field: FieldName, devices: Iterable<DeviceSummary>): readonly Facet[] {
  const counts = new Map<string, number>();
  for (const device of devices) {
    for (const value of distinct(fieldValues(device, field))) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const known = always[field];
  if (known !== undefined) return known.map((value) => ({ value, devices: counts.get(value) ?? 0, ...calledOf(value) }));
  if (field === 'label') leaveOutSingle(counts);
  return [...counts]
    .map(([value, devices]) => ({ value, devices }))
    .sort((a, b) => b.devices - a.devices || compareCells(a.value, b.value));
}

function distinct(values: readonly string[]): Iterable<string> {
  return values.length < 2 ? values : new Set(values);
}

function calledOf(value: string): { readonly called?: string } {
  const condition = conditions.find((one) => one === value);
  if (condition === undefined) return {};
  const { word } = conditionWords[condition];
  return word.replaceAll(' ', '-') === value ? {} : { called: word };
}

/** A label's name that stands for one value only says nothing beside `name=value`. */
function leaveOutSingle(counts: Map<string, number>): void {
  for (const [value, devices] of counts) {
    const sign = value.indexOf('=');
    if (sign !== -1 && counts.get(value.slice(0, sign)) === devices) counts.delete(value.slice(0, sign));
  }
}
