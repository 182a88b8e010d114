import type { DeviceId } from '../../shared/contract/ids.ts';
import { parseRevisionName } from '../../shared/state/ids.ts';
import type { DeviceFacts } from '../storage/devices.ts';
import type { Profile } from '../storage/profile.ts';
import { labelsOf, metaFacts } from './hub-sight.ts';
import type { Poll } from './observed.ts';

/** Keeps what a poll of a device brought, to be shown after a restart; answers with the facts that are known then. */
export function keepPoll(
  profile: Profile,
  id: DeviceId,
  known: DeviceFacts,
  poll: Poll,
  heardAt: number | undefined,
): DeviceFacts {
  if (poll.steps) profile.revisions.saveTimeline(id, poll.steps);
  if (poll.runningText !== undefined && poll.running !== undefined) {
    profile.revisions.saveState(id, poll.running, poll.runningText);
  }
  if (!poll.deviceMeta && poll.runningText === undefined) return known;
  const facts: DeviceFacts = {
    ...(runsAnother(profile, id, known, poll) ? withoutRunning(known) : known),
    ...(heardAt !== undefined && { heardAt }),
    ...(poll.running !== undefined && { running: poll.running }),
    ...(poll.userMeta && { labels: labelsOf(poll.userMeta) }),
    ...metaFacts(poll.deviceMeta),
  };
  profile.devices.saveFacts(id, facts);
  return facts;
}

/** Over the pvr endpoint alone a device tells no name; the last one known holds while its state is the one that runs. */
function runsAnother(profile: Profile, id: DeviceId, known: DeviceFacts, poll: Poll): boolean {
  const name = parseRevisionName(known.running ?? '');
  if (poll.running !== undefined || poll.runningText === undefined || name === undefined) return false;
  return profile.revisions.state(id, name) !== poll.runningText;
}

function withoutRunning({ running: _gone, ...facts }: DeviceFacts): DeviceFacts {
  return facts;
}
