import type { DeviceId } from '../../../../shared/contract/ids.ts';
import { paths } from '../../../routes/paths.ts';
import { parseSide, revisionSide, runningNow } from '../sides/sideRef.ts';

/** Where what runs on a device is compared with the reference, which stands in an address about `home`; with an entry, that is selected. */
export function compareHref(home: DeviceId, reference: string, device: DeviceId, entry?: string): string {
  const ref = parseSide(home, reference);
  const side = ref.kind === 'revision' ? revisionSide(device, ref.deviceId, ref.revision) : reference;
  const href = paths.compare(device, runningNow, side);
  return entry === undefined ? href : `${href}&${new URLSearchParams({ entry })}`;
}

/** Where the fleet is held against another reference, which was chosen on an address about `home`. */
export function referenceHref(home: DeviceId, reference: string): string {
  const ref = parseSide(home, reference);
  return ref.kind === 'revision' ? paths.differences(ref.deviceId, ref.revision) : paths.differences(home, reference);
}
