import { TrailbossError } from '../../../shared/contract/errors.ts';

const unchanged = 'Nothing was sent to the device.';

/** Something that only pv-ctrl can do, on a device that is reached over the pvr endpoint alone. */
export function sshMissing(doing: string): TrailbossError {
  return new TrailbossError('WAY_MISSING', {
    what: `${doing} needs SSH, which is not set up for this device.`,
    unchanged,
    next: 'Add SSH in the device’s connection (usually port 8222, user “/”), and put a public key into its user-meta `pvr-sdk.authorized_keys`.',
  });
}

/** A device for which neither way is configured. */
export function noWay(): TrailbossError {
  return new TrailbossError('WAY_MISSING', {
    what: 'No way to this device is set up.',
    unchanged,
    next: 'Add its pvr endpoint (usually port 12368) or SSH (usually port 8222) in the device’s connection.',
  });
}
