import type { UpdateView } from '../../../shared/contract/update.ts';
import { longAfterMs } from '../../../shared/progress/silence.ts';
import { useNow } from '../../stores/now.ts';
import { strings } from '../../strings/update.ts';
import { clockOrDate, duration, shortSpan } from '../../ui/age.ts';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import classes from './update.module.css';

const hour = 3_600_000;

/** How long nothing was heard. During an update silence is normal and no error; it always shows its age. */
export function Silence({ update }: { update: UpdateView }) {
  const now = useNow();
  if (update.silentSince === undefined) {
    return update.heardAt === undefined ? null : (
      <p className={classes.heard}>
        {update.via === 'hub' ? strings.spokeLast : strings.heard} <RelativeTime at={update.heardAt} />
      </p>
    );
  }
  const age = now - update.silentSince;
  return (
    <div className={classes.silence} role="status">
      <MeaningBadge meaning="silent">
        {update.via === 'hub' ? strings.silentHub : strings.silent} {clockOrDate(update.silentSince, now)}
      </MeaningBadge>
      <span className={classes.silenceAge}>{strings.silentFor(age < hour ? duration(age) : shortSpan(age))}</span>
      <p className={classes.note}>
        {age > longAfterMs ? (update.via === 'hub' ? strings.silentHubText : strings.silentLong) : strings.silentNormal}
      </p>
    </div>
  );
}
