import { TrailbossError } from '../../shared/contract/errors.ts';
import { hubNumber, type RevisionName } from '../../shared/state/ids.ts';
import type { DeviceHub, DeviceWatch } from '../fleet/device-watch.ts';
import type { ActivityLog } from '../storage/activity.ts';

/** The device's place on its hub; WAY_MISSING where it is on none. */
export function hubOf(watch: DeviceWatch, doing: string): DeviceHub {
  if (watch.hub) return watch.hub;
  throw new TrailbossError('WAY_MISSING', {
    what: `${doing} needs a hub, and this device is not known from any account.`,
    unchanged: 'Nothing was done.',
    next: 'Sign in to the hub that the device belongs to, in Settings.',
  });
}

/** The number of a revision that is on the hub; NOT_FOUND for a local one. */
export function numberOnHub(revision: RevisionName): number {
  const number = hubNumber(revision);
  if (number !== undefined) return number;
  throw new TrailbossError('NOT_FOUND', {
    what: `${revision} is a local revision: the hub does not know it.`,
    unchanged: 'Nothing was done.',
    next: 'Choose a revision that is on the hub.',
  });
}

/** Takes a revision back that its device has not begun; one of ours that is followed ends with the next look at it. */
export async function cancelOnHub(
  watch: DeviceWatch,
  revision: RevisionName,
  activity: ActivityLog,
  signal: AbortSignal,
): Promise<void> {
  const { client, deviceId } = hubOf(watch, 'Cancelling a revision');
  await client.cancelStep(deviceId, numberOnHub(revision), signal);
  activity.record({ what: `cancelled ${revision} on the hub`, result: 'ok', kind: 'update', device: watch.record });
  watch.poke();
}

/** Marks a revision that is in progress as one that will not be reached. */
export async function markWontgoOnHub(
  watch: DeviceWatch,
  revision: RevisionName,
  activity: ActivityLog,
  signal: AbortSignal,
): Promise<void> {
  const { client, deviceId } = hubOf(watch, 'Marking a revision as WONTGO');
  await client.markWontgo(deviceId, numberOnHub(revision), signal);
  activity.record({ what: `marked ${revision} as WONTGO on the hub`, result: 'ok', kind: 'update', device: watch.record });
  watch.poke();
}

/** The next number on the trail; CONFLICT-free only until somebody else posts. */
export async function nextNumber({ client, deviceId }: DeviceHub, signal: AbortSignal): Promise<string> {
  const head = await client.head(deviceId, signal);
  if (head !== undefined) return String(head + 1);
  throw new TrailbossError('NOT_FOUND', {
    what: 'The device has not come to its hub yet: it has no trail there.',
    unchanged: 'Nothing was sent.',
    next: 'Wait until the device has been online after it was claimed.',
  });
}
