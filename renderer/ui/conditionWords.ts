import type { DeviceCondition } from '../../shared/contract/fleet.ts';
import type { Meaning } from './meaning.ts';

/** A device's condition in words, and what it stands for; in the order of how much it needs a person. */
export const conditionWords: { readonly [C in DeviceCondition]: { readonly meaning: Meaning; readonly word: string } } = {
  blocked: { meaning: 'blocked', word: 'needs you' },
  failed: { meaning: 'error', word: 'update failed' },
  refused: { meaning: 'refused', word: 'update refused' },
  'not-answering': { meaning: 'silent', word: 'not answering' },
  updating: { meaning: 'testing', word: 'updating' },
  'not-a-checkpoint': { meaning: 'stable', word: 'not a checkpoint' },
  connecting: { meaning: 'silent', word: 'connecting' },
  answering: { meaning: 'ok', word: 'answering' },
  'up-to-date': { meaning: 'ok', word: 'up to date' },
};

const order = Object.keys(conditionWords);

/** Sorts devices that need a person first: 0 is the worst. */
export function conditionRank(condition: DeviceCondition): number {
  return order.indexOf(condition);
}
