import { IconCheck, IconCloud } from '@tabler/icons-react';
import type { RevisionView } from '../../../shared/contract/device.ts';
import { strings } from '../../strings/timeline.ts';
import { subject } from '../../ui/commitMessage.ts';
import { committerName } from '../../ui/committer.ts';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { meaningOfStatus } from '../../ui/revisionStatus.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { hubOrderFor } from './hubOrders.ts';
import { PartChips } from './PartChips.tsx';
import classes from './RevisionRow.module.css';
import { instantOf } from './revisionDate.ts';
import { StageBar } from './StageBar.tsx';
import { TrailDot } from './TrailDot.tsx';
import { TransitionNote } from './TransitionNote.tsx';

interface RevisionRowProps {
  readonly revision: RevisionView;
  /** Since when the device is not answering, an instant. */
  readonly silentSince: number | undefined;
  readonly first: boolean;
  readonly last: boolean;
  /** Some revision of the list has times: all keep room for the bar. */
  readonly timed: boolean;
}

/** One revision in two lines: what it is and what it changed, how it ended and how long it took. */
export function RevisionRow({ revision, silentSince, first, last, timed }: RevisionRowProps) {
  const at = instantOf(revision.date);
  const meaning = meaningOfStatus(revision.status);
  const waits = hubOrderFor(revision) === 'cancel';
  const brokenOff = silentSince !== undefined && !waits && (meaning === 'moving' || meaning === 'testing');
  const failed = meaning === 'error' || meaning === 'refused';
  return (
    <>
      <span className={classes.check} aria-hidden="true" data-toggles>
        <span className={classes.box}>
          <IconCheck size={11} stroke={3} aria-hidden visibility="inherit" />
        </span>
      </span>
      <TrailDot revision={revision} first={first} last={last} />
      <div className={classes.what}>
        <div className={classes.line}>
          <span className={`${classes.message} ${revision.message === '' ? classes.none : ''}`} title={revision.message}>
            {revision.message === '' ? strings.noMessage : subject(revision.message)}
          </span>
          {revision.running && <MeaningBadge meaning="ok">{strings.running}</MeaningBadge>}
        </div>
        <div className={classes.line}>
          <span className={classes.name} title={revision.revision}>
            {revision.revision}
          </span>
          {revision.onHub && (
            <IconCloud className={classes.hub} size={13} role="img" aria-label={strings.onHub}>
              <title>{strings.onHub}</title>
            </IconCloud>
          )}
          {revision.committer !== undefined && revision.committer !== '' && (
            <span className={classes.committer} title={revision.committer}>
              {strings.by(committerName(revision.committer))}
            </span>
          )}
          {waits && (
            <span className={classes.committer} title={strings.waitingText}>
              {strings.waiting}
            </span>
          )}
          <PartChips parts={revision.parts} />
          {brokenOff && (
            <span className={classes.committer} title={strings.brokenOffText}>
              {strings.brokenOff} <RelativeTime at={silentSince} />
            </span>
          )}
          {failed && revision.statusMessage !== undefined && (
            <span className={classes.reason} title={revision.statusMessage}>
              {revision.statusMessage}
            </span>
          )}
        </div>
      </div>
      <div className={classes.how}>
        <div className={classes.line}>
          <StatusBadge status={revision.status} message={revision.statusMessage} still={waits || brokenOff} />
          <span className={classes.date}>{at === undefined ? revision.date : <RelativeTime at={at} />}</span>
        </div>
        <div className={classes.line}>
          <TransitionNote revision={revision} />
          {timed && (
            <span className={classes.wide}>
              <StageBar stages={revision.stages} />
            </span>
          )}
        </div>
      </div>
    </>
  );
}
