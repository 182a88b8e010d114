import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import type { UpdateView } from '../../../shared/contract/update.ts';

/**
 * The update with when the device was heard. Behind a hub that is not when the hub answered, which it does for a device that has been
 * off for weeks as well: it is what the fleet knows of the device, or its latest report, whichever is later.
 */
export function withDeviceHeard(update: UpdateView, device: DeviceSummary | undefined): UpdateView {
  if (update.via !== 'hub' || device === undefined) return update;
  const { heardAt: _hubAnswered, silentSince: _hubSilent, ...rest } = update;
  // NEW is the hub's own word: the device has said nothing of the revision yet.
  const reported = update.reports.findLast(({ status }) => status !== 'NEW')?.heardAt;
  const heardAt = Math.max(reported ?? 0, device.heardAt ?? 0);
  const silentSince = device.silentSince ?? update.silentSince;
  return {
    ...rest,
    ...(heardAt > 0 && { heardAt }),
    ...(silentSince !== undefined && silentSince >= (reported ?? 0) && { silentSince }),
  };
}
