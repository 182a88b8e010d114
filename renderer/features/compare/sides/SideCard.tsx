import { skipToken } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DeviceId } from '../../../../shared/contract/ids.ts';
import { orpc, useLive } from '../../../rpc.ts';
import { strings } from '../../../strings/compare.ts';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { subject } from '../../../ui/commitMessage.ts';
import { RelativeTime } from '../../../ui/RelativeTime.tsx';
import { instantOf } from '../../timeline/revisionDate.ts';
import { SidePicker } from './SidePicker.tsx';
import classes from './sides.module.css';
import type { Side } from './useSide.ts';

interface SideCardProps {
  readonly label: string;
  readonly home: DeviceId | undefined;
  readonly side: Side;
  /** The side as it stands in the address. */
  readonly value: string;
  /** Only revisions and drafts can be chosen. */
  readonly devicesOnly?: boolean;
  readonly onChange: (side: string) => void;
}

/** One side: whose state it is, which revision or draft, with its message and age; a press chooses another one. */
export function SideCard({ label, home, side, value, devicesOnly = false, onChange }: SideCardProps) {
  const { message, at, running } = useSideWords(side);
  const sha = side.kind === 'ready' ? side.sha : '';
  return (
    <div className={classes.card}>
      <SidePicker label={label} home={home} device={side.deviceId} value={value} devicesOnly={devicesOnly} onChange={onChange}>
        <span className={classes.line}>
          {side.device !== '' && <span className={classes.device}>{side.device}</span>}
          {side.device !== '' && <span aria-hidden>·</span>}
          <span className={`${classes.name} ${side.of === 'revision' ? classes.mono : ''}`} title={side.name}>
            <bdi>{side.name}</bdi>
          </span>
          {side.draft && <span className={classes.tag}>{strings.draft}</span>}
          {side.of === 'checkout' && <span className={classes.tag}>{strings.checkout}</span>}
          {side.of === 'export' && <span className={classes.tag}>{strings.export}</span>}
          {running && <span className={classes.tag}>{strings.running}</span>}
        </span>
        <span className={`${classes.line} ${classes.second}`}>
          {message !== '' && (
            <span className={classes.message} title={message}>
              {subject(message)}
            </span>
          )}
          {at !== undefined && (
            <span className={classes.age}>
              <RelativeTime at={at} />
            </span>
          )}
          {sha !== '' && (
            <span className={`${classes.age} ${classes.stateSha}`} title={sha}>
              {strings.stateSha} <code>{sha.slice(0, 8)}</code>
            </span>
          )}
        </span>
      </SidePicker>
      {sha !== '' && <CopyButton text={sha} label={strings.copyStateSha} />}
    </div>
  );
}

/** What the device told of a revision, and what is known of a draft. */
function useSideWords(side: Side): { readonly message: string; readonly at: number | undefined; readonly running: boolean } {
  const { deviceId } = side;
  const timeline = useLive(orpc.device.timeline, side.draft || deviceId === undefined ? skipToken : { id: deviceId }).data;
  const drafts = useLive(orpc.draft.list, side.draft && deviceId !== undefined ? { deviceId } : skipToken).data;
  const draftId = side.draft ? side.draftId : undefined;
  return useMemo(() => {
    if (side.draft) {
      const draft = drafts?.find(({ id }) => id === draftId);
      return {
        message: draft === undefined ? '' : strings.draftOption(draft.base, draft.changes),
        at: draft?.changedAt,
        running: false,
      };
    }
    const revision = timeline?.revisions.find((one) => one.revision === side.name);
    return { message: revision?.message ?? '', at: instantOf(revision?.date), running: revision?.running ?? false };
  }, [side.draft, side.name, draftId, drafts, timeline]);
}
