import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import type { UpdateView } from '../../../shared/contract/update.ts';
import { strings } from '../../strings/update.ts';
import { GoRemote } from '../device/GoRemote.tsx';
import { isOffHub } from '../device/offHub.ts';
import classes from './update.module.css';

/** A local revision took the device off its hub: says so when the update is over, and offers the way back. */
export function OffHubOffer({ update, device }: { update: UpdateView; device: DeviceSummary | undefined }) {
  if (update.phase !== 'ended' || device === undefined || !isOffHub(device)) return null;
  return (
    <div className={classes.stalled}>
      <p>{strings.offHub(device.name)}</p>
      <GoRemote device={device} />
    </div>
  );
}
