import type { RevisionView } from '../../../shared/contract/device.ts';
import { duration } from '../../ui/age.ts';
import classes from './StageBar.module.css';
import { stageSegments, stageWords, totalTime } from './stageSegments.ts';

/** How long each stage took, in proportion, with the sum beside it. */
export function StageBar({ stages }: { stages: RevisionView['stages'] }) {
  const segments = stageSegments(stages);
  if (segments.length === 0) return null;
  const words = stageWords(segments);
  return (
    <span className={classes.time} title={words}>
      <span className={classes.track} role="img" aria-label={words}>
        {segments.map(({ stage, ms }) => (
          <span key={stage} className={classes.segment} data-stage={stage.toLowerCase()} style={{ flex: `${ms} 1 0` }} />
        ))}
      </span>
      <span className={classes.total}>{duration(totalTime(segments))}</span>
    </span>
  );
}
