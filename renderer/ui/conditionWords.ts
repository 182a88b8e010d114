import type { DeviceCondition } from '../../shared/contract/fleet.ts';
import { conditionTexts } from '../strings/words.ts';
import type { Meaning } from './meaning.ts';

/** A device's condition in words, and what it stands for; in the order of how much it needs a person. */
export const conditionWords: { readonly [C in DeviceCondition]: { readonly meaning: Meaning; readonly word: string } } = {
  blocked: { meaning: 'blocked', word: conditionTexts.blocked },
  failed: { meaning: 'error', word: conditionTexts.failed },
  refused: { meaning: 'refused', word: conditionTexts.refused },
  'not-answering': { meaning: 'silent', word: conditionTexts['not-answering'] },
  updating: { meaning: 'testing', word: conditionTexts.updating },
  'not-a-checkpoint': { meaning: 'stable', word: conditionTexts['not-a-checkpoint'] },
  connecting: { meaning: 'silent', word: conditionTexts.connecting },
  answering: { meaning: 'ok', word: conditionTexts.answering },
  'up-to-date': { meaning: 'ok', word: conditionTexts['up-to-date'] },
};

const order = Object.keys(conditionWords);

/** Sorts devices that need a person first: 0 is the worst. */
export function conditionRank(condition: DeviceCondition): number {
  return order.indexOf(condition);
}
