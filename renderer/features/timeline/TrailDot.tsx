import type { RevisionView } from '../../../shared/contract/device.ts';
import { toneClass } from '../../ui/MeaningBadge.tsx';
import { meanings } from '../../ui/meaning.ts';
import { meaningOfStatus } from '../../ui/revisionStatus.ts';
import classes from './TrailDot.module.css';

interface TrailDotProps {
  readonly revision: Pick<RevisionView, 'status' | 'checkpoint' | 'running'>;
  readonly first: boolean;
  readonly last: boolean;
}

const trailX = 12;
const branchX = 24;
const dotY = 17;
const rowHeight = 56;

/**
 * A revision on the trail: checkpoints filled, the running one ringed. One that failed or was refused stands beside the trail,
 * because the device came back from it.
 */
export function TrailDot({ revision, first, last }: TrailDotProps) {
  const meaning = meaningOfStatus(revision.status);
  const beside = meaning === 'error' || meaning === 'refused';
  const x = beside ? branchX : trailX;
  const joinY = rowHeight - 14;
  const startY = first ? (beside ? joinY : dotY) : 0;
  return (
    <svg className={`${classes.rail} ${toneClass(meanings[meaning].tone)}`} width="36" height={rowHeight} aria-hidden="true">
      <path className={classes.line} d={`M${trailX} ${startY} V${last ? dotY : rowHeight}`} />
      {beside && <path className={classes.line} d={`M${trailX} ${joinY} Q${trailX} ${dotY + 6} ${x} ${dotY}`} />}
      {beside ? (
        <g className={classes.mark}>
          <circle cx={x} cy={dotY} r="6" className={classes.ground} />
          <path d={`M${x - 3.5} ${dotY - 3.5} l7 7 m0 -7 l-7 7`} />
        </g>
      ) : (
        <circle cx={x} cy={dotY} r="4.5" className={revision.checkpoint ? classes.filled : classes.hollow} />
      )}
      {revision.running && <circle cx={x} cy={dotY} r="8.5" className={classes.ring} />}
    </svg>
  );
}
