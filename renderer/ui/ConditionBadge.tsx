import type { DeviceCondition } from '../../shared/contract/fleet.ts';
import { conditionWords } from './conditionWords.ts';
import { MeaningBadge } from './MeaningBadge.tsx';

/** What needs a person's eye first on a device. Most healthy devices run no checkpoint: that is said without a frame. */
export function ConditionBadge({ condition }: { condition: DeviceCondition }) {
  const { meaning, word } = conditionWords[condition];
  return (
    <MeaningBadge meaning={meaning} plain={meaning === 'stable'}>
      {word}
    </MeaningBadge>
  );
}
