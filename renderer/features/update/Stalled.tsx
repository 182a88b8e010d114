import type { UpdateView } from '../../../shared/contract/update.ts';
import { explain } from '../../../shared/progress/explain.ts';
import { useNow } from '../../stores/now.ts';
import { strings } from '../../strings/update.ts';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import { duration } from './clock.ts';
import classes from './update.module.css';

/** Nothing new for longer than this stage usually takes on this device. It is no failure: the device decides. */
export function Stalled({ update }: { update: UpdateView }) {
  const now = useNow();
  const { stalled } = update;
  if (stalled === undefined || update.phase !== 'moving') return null;
  const waiting = stalled.stage === 'posted';
  return (
    <div className={classes.stalled} role="status">
      <MeaningBadge meaning="warning">{strings.stalled}</MeaningBadge>
      <p>
        {strings.stalledFor(stageWord(stalled.stage), duration(now - stalled.since), duration(stalled.usual))}{' '}
        {waiting ? strings.stalledWaiting : strings.stalledNext}
      </p>
    </div>
  );
}

const stageWords: Readonly<Record<string, string>> = strings.stageWords;

/** A stage of shared/progress in words; a status that stands for itself is explained. */
function stageWord(stage: string): string {
  return stageWords[stage] ?? explain(stage, '').title.toLowerCase();
}
