// biome-ignore-all lint/a11y/useSemanticElements: the rows of a virtual list are placed one by one, which table elements don't do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { memo } from 'react';
import { Link } from 'wouter';
import type { ActivityEntry } from '../../../shared/contract/settings.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/activity.ts';
import { duration } from '../../ui/age.ts';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import type { Meaning } from '../../ui/meaning.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import classes from './activity.module.css';

const meaningOf: { readonly [R in ActivityEntry['result']]: Meaning } = {
  started: 'moving',
  stalled: 'warning',
  ok: 'ok',
  failed: 'error',
  cancelled: 'none',
};

interface ActivityRowProps {
  readonly id: string;
  readonly entry: ActivityEntry;
  readonly rowIndex: number;
  /** The device is in the fleet. */
  readonly there: boolean;
  readonly selected: boolean;
  readonly onSelect: (entry: ActivityEntry) => void;
}

/** Where the screen is that an entry is about. */
export function placeOfEntry({ deviceId, updateId }: ActivityEntry, there: boolean): string | undefined {
  if (deviceId === undefined || !there) return undefined;
  return updateId === undefined ? paths.device(deviceId) : paths.update(deviceId, updateId);
}

/** One thing that was done: when, to which device, what, by whom, and what became of it. */
export const ActivityRow = memo(function ActivityRow({ id, entry, rowIndex, there, selected, onSelect }: ActivityRowProps) {
  const { at, endedAt, deviceId, deviceName, what, user, result } = entry;
  const place = placeOfEntry(entry, there);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid moves the selection by keys
    <div
      id={id}
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={selected}
      className={classes.row}
      onClick={() => onSelect(entry)}
    >
      <span role="gridcell" className={classes.when}>
        <RelativeTime at={at} />
      </span>
      <span role="gridcell" className={classes.device}>
        {deviceId !== undefined && there ? <Link href={paths.device(deviceId)}>{deviceName}</Link> : deviceName}
      </span>
      <span role="gridcell" className={classes.what} title={what}>
        {place === undefined || entry.updateId === undefined ? what : <Link href={place}>{what}</Link>}
        {endedAt !== undefined && entry.kind === 'update' && (
          <span className={classes.took}>{strings.took(duration(endedAt - at))}</span>
        )}
      </span>
      <span role="gridcell" className={classes.user}>
        {user}
      </span>
      <span role="gridcell" className={classes.result}>
        <MeaningBadge meaning={meaningOf[result]} plain>
          {strings.results[result]}
        </MeaningBadge>
      </span>
    </div>
  );
});
