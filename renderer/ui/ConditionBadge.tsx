import type { DeviceCondition } from '../../shared/contract/fleet.ts';
import { MeaningBadge } from './MeaningBadge.tsx';
import type { Meaning } from './meaning.ts';

export const conditionWords: { readonly [C in DeviceCondition]: { readonly meaning: Meaning; readonly word: string } } = {
  connecting: { meaning: 'moving', word: 'connecting' },
  'up-to-date': { meaning: 'ok', word: 'up to date' },
  'not-a-checkpoint': { meaning: 'stable', word: 'not a checkpoint' },
  updating: { meaning: 'testing', word: 'updating' },
  failed: { meaning: 'error', word: 'update failed' },
  refused: { meaning: 'refused', word: 'update refused' },
  'not-answering': { meaning: 'silent', word: 'not answering' },
  blocked: { meaning: 'blocked', word: 'needs you' },
};

/** What needs a person's eye first on a device. */
export function ConditionBadge({ condition }: { condition: DeviceCondition }) {
  const { meaning, word } = conditionWords[condition];
  return <MeaningBadge meaning={meaning}>{word}</MeaningBadge>;
}
