import type { DeviceCondition } from '../../shared/contract/fleet.ts';
import { conditionWords } from './conditionWords.ts';
import { MeaningBadge } from './MeaningBadge.tsx';

/** What needs a person's eye first on a device. */
export function ConditionBadge({ condition }: { condition: DeviceCondition }) {
  const { meaning, word } = conditionWords[condition];
  return <MeaningBadge meaning={meaning}>{word}</MeaningBadge>;
}
