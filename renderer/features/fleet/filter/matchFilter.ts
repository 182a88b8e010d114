import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { fieldWords, rowText } from './deviceWords.ts';
import { type FieldName, fromItsBeginning } from './filterFields.ts';
import {
  type Comparison,
  type FilterToken,
  type FilterValue,
  type ParsedFilter,
  parseFilter,
  revisionNumber,
} from './parseFilter.ts';

export type DeviceTest = (device: DeviceSummary) => boolean;

/** Whether a device is one that the filter asks for: every token holds, and of a token's values one. Undefined when all are. */
export function deviceTest({ tokens, errors }: ParsedFilter): DeviceTest | undefined {
  const wrong = new Set(errors.filter(({ kind }) => kind !== 'unclosed-quote').map(({ start }) => start));
  const tests = tokens.flatMap((token) => tokenTest(token, wrong) ?? []);
  const [first, ...rest] = tests;
  if (first === undefined) return undefined;
  return rest.length === 0 ? first : (device) => tests.every((test) => test(device));
}

/** The devices that a filter asks for, in their order. */
export function filterDevices(devices: Iterable<DeviceSummary>, filter: string): readonly DeviceSummary[] {
  const test = deviceTest(parseFilter(filter));
  return test === undefined ? [...devices] : [...devices].filter(test);
}

function tokenTest(token: FilterToken, wrong: ReadonlySet<number>): DeviceTest | undefined {
  if (token.kind === 'unknown') return undefined;
  const values = token.values.filter(({ text, start }) => text !== '' && !wrong.has(start));
  const tests = values.map((value) => (token.kind === 'text' ? textTest(value) : valueTest(token.field, value)));
  const [first] = tests;
  if (first === undefined) return undefined;
  const any: DeviceTest = tests.length === 1 ? first : (device) => tests.some((test) => test(device));
  return token.negated ? (device) => !any(device) : any;
}

function textTest({ text }: FilterValue): DeviceTest {
  return (device) => rowText(device).includes(text);
}

function valueTest(field: FieldName, { text, exact, comparison }: FilterValue): DeviceTest {
  if (field === 'rev') return revisionTest(text, exact ? '=' : comparison);
  if (exact) return (device) => fieldWords(device, field).includes(text);
  if (fromItsBeginning(field)) return (device) => fieldWords(device, field).some((word) => word.startsWith(text));
  return (device) => fieldWords(device, field).some((word) => word.includes(text));
}

/** Numbers compare as numbers and are equal as a whole; a part of a name that is no number is enough. Names have no order. */
function revisionTest(text: string, comparison: Comparison | undefined): DeviceTest {
  const wanted = revisionNumber(text);
  if (comparison === undefined && wanted === undefined)
    return (device) => fieldWords(device, 'rev').some((name) => name.includes(text));
  if (comparison === undefined || comparison === '=') return (device) => fieldWords(device, 'rev').includes(text);
  if (wanted === undefined) return () => false;
  const holds = comparing[comparison];
  return (device) =>
    fieldWords(device, 'rev').some((name) => {
      const number = revisionNumber(name);
      return number !== undefined && holds(number, wanted);
    });
}

const comparing: { readonly [C in Exclude<Comparison, '='>]: (number: number, wanted: number) => boolean } = {
  '<': (number, wanted) => number < wanted,
  '<=': (number, wanted) => number <= wanted,
  '>': (number, wanted) => number > wanted,
  '>=': (number, wanted) => number >= wanted,
};
