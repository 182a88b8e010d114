import { DeviceCondition } from '../../../../shared/contract/fleet.ts';
import { conditionRank, conditionWords } from '../../../ui/conditionWords.ts';

/** What a token of the filter can look at: `status:error`, `label:site=lab`. */
export const fieldNames = [
  'status',
  'source',
  'label',
  'rev',
  'container',
  'account',
  'update',
  'checkpoint',
  'mode',
  'board',
  'version',
  'name',
] as const;
export type FieldName = (typeof fieldNames)[number];

export function isFieldName(text: string): text is FieldName {
  return fieldNames.some((name) => name === text);
}

/** `attention` stands for all conditions that wait for a person. */
const otherWords: { readonly [C in DeviceCondition]?: readonly string[] } = {
  blocked: ['attention'],
  failed: ['error', 'attention'],
  refused: ['wontgo', 'attention'],
  'not-answering': ['silent', 'offline', 'attention'],
  updating: ['testing'],
};

/** What a condition is found by: its name, the words on its badge, and what people call it. */
export function wordsOfCondition(condition: DeviceCondition): readonly string[] {
  return [condition, conditionWords[condition].word, ...(otherWords[condition] ?? [])];
}

/** The conditions, those that need a person first. */
export const conditions: readonly DeviceCondition[] = DeviceCondition.options.toSorted(
  (a, b) => conditionRank(a) - conditionRank(b),
);

/** All that can be said of these fields; of the others whatever the devices have. A value is enough of one's beginning. */
const closed: { readonly [F in FieldName]?: readonly string[] } = {
  status: [...new Set(conditions.flatMap(wordsOfCondition))],
  source: ['lan', 'hub', 'both'],
  checkpoint: ['yes', 'no'],
};

/** All values that a field can have, or undefined where the devices decide that. */
export function valuesOfField(field: FieldName): readonly string[] | undefined {
  return closed[field];
}

/** Whether a value is the beginning of a word rather than found anywhere in it: `status:answering` is not `not answering`. */
export function fromItsBeginning(field: FieldName): boolean {
  return closed[field] !== undefined || field === 'update' || field === 'mode';
}
