import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import type { PostPlan } from '../../../shared/contract/update.ts';
import { strings } from '../../strings/post.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { GoRemote } from '../device/GoRemote.tsx';
import type { HubFormatting } from './formatting.ts';
import classes from './post.module.css';

interface HubNoticesProps {
  readonly device: DeviceSummary | undefined;
  readonly plan: PostPlan;
  readonly formatting: HubFormatting | undefined;
}

/** What the direction brings with it that a person would not expect. */
export function HubNotices({ device, plan, formatting }: HubNoticesProps) {
  return (
    <>
      {plan.leavesHub && (
        <Notice>
          <p>{strings.leavesHub}</p>
        </Notice>
      )}
      {plan.via === 'hub' && device?.silentSince !== undefined && (
        <Notice>
          <p>
            {strings.silent} <RelativeTime at={device.silentSince} />. {strings.silentWaits}
          </p>
        </Notice>
      )}
      {plan.via === 'hub' && plan.offHub && (
        <Notice>
          <p>{strings.offHub}</p>
          {device !== undefined && <GoRemote device={device} />}
        </Notice>
      )}
      {formatting !== undefined && (
        <Notice>
          <p>{strings.formatting(formatting.keys.length, formatting.effect)}</p>
          <p className={classes.keys}>
            {formatting.keys.map((key) => (
              <code key={key}>{key}</code>
            ))}
          </p>
        </Notice>
      )}
    </>
  );
}

/** A remark that should be read before posting. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className={classes.notice} role="note">
      <IconAlertTriangle size={16} aria-hidden />
      <div className={classes.noticeBody}>{children}</div>
    </div>
  );
}
