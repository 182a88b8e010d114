import type { DeviceId } from '../../../shared/contract/ids.ts';
import { type HubPlan, maxPendingBytes, type PostPlan } from '../../../shared/contract/update.ts';
import { parseRevisionName } from '../../../shared/state/ids.ts';
import { strings } from '../../strings/post.ts';
import { subject } from '../../ui/commitMessage.ts';
import { committerName } from '../../ui/committer.ts';
import { dataSize } from '../../ui/dataSize.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { CancelRevision } from '../timeline/CancelRevision.tsx';
import { uploadBytes } from './blockers.ts';
import classes from './post.module.css';

interface HubPlanPanelProps {
  readonly deviceId: DeviceId;
  readonly plan: PostPlan;
  readonly hub: HubPlan;
  /** Asks the hub anew, after a waiting revision was cancelled. */
  readonly onAgain: () => void;
}

/** What the post finds on the hub: what it follows, what waits before it, and whether all of that fits. */
export function HubPlanPanel({ deviceId, plan, hub, onAgain }: HubPlanPanelProps) {
  const { head, pending, quotaLeft } = hub;
  const bytes = uploadBytes(plan);
  return (
    <section aria-labelledby="post-hub" className={classes.hub}>
      <h2 id="post-hub" className={classes.sectionTitle}>
        {strings.onHub}
      </h2>
      <p>{strings.follows(plan.suggestedName)}</p>
      <div className={classes.head}>
        <code>{head.revision}</code>
        <StatusBadge status={head.status} />
        <span className={classes.headMessage} title={head.message}>
          {head.message === '' ? <em>{strings.noMessage}</em> : subject(head.message)}
        </span>
        <span className={classes.dim}>
          {head.committer !== undefined && head.committer !== '' && `${strings.by(committerName(head.committer))} · `}
          {head.at !== undefined && <RelativeTime at={head.at} />}
        </span>
      </div>
      {pending.length > 0 && (
        <>
          <p>{strings.pending(pending.length)}</p>
          <ul className={classes.pending}>
            {pending.map((one) => {
              const revision = parseRevisionName(one.revision);
              return (
                <li key={one.revision} className={classes.head}>
                  <code>{one.revision}</code>
                  <span className={classes.headMessage} title={one.message}>
                    {one.message === '' ? <em>{strings.noMessage}</em> : subject(one.message)}
                  </span>
                  <span className={classes.dim}>{one.committer !== undefined && strings.by(committerName(one.committer))}</span>
                  {revision !== undefined && <CancelRevision deviceId={deviceId} revision={revision} compact onDone={onAgain} />}
                </li>
              );
            })}
          </ul>
        </>
      )}
      {pending.length > 0 && hub.pendingBytes <= maxPendingBytes && (
        <p className={classes.dim}>{strings.pendingFits(dataSize(hub.pendingBytes), dataSize(maxPendingBytes))}</p>
      )}
      {quotaLeft !== undefined && bytes > 0 && (
        <p className={classes.dim}>{strings.quota(dataSize(bytes), dataSize(quotaLeft))}</p>
      )}
    </section>
  );
}
