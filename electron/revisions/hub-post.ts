import { TrailbossError } from '../../shared/contract/errors.ts';
import { canonicalize, stateSha } from '../../shared/state/canonical.ts';
import { hubNumber } from '../../shared/state/ids.ts';
import type { DeviceHub } from '../fleet/device-watch.ts';
import type { HubStep } from '../sources/hub/hub.ts';
import { quickerWords } from '../sources/hub/words.ts';
import type { UpdateJournal } from '../storage/updates.ts';

/**
 * The text that goes to a hub: its canonical form, because that is what the device gets, whatever was sent (hub: trails/service.go,
 * canonical JSON). BAD_STATE where it has none.
 */
export function hubText(text: string): string {
  try {
    return canonicalize(text);
  } catch (error) {
    throw new TrailbossError('BAD_STATE', {
      what: 'This state has no canonical form, which a hub needs.',
      unchanged: 'Nothing was sent.',
      next: 'Look for a number with a huge exponent.',
      raw: error instanceof Error ? error.message : String(error),
    });
  }
}

/**
 * Whether the hub has our revision already: after a crash or a cut it may be there although no answer came. CONFLICT where the number
 * is somebody else's.
 */
export async function isOnHub(hub: DeviceHub, journal: UpdateJournal, state: string, signal: AbortSignal): Promise<boolean> {
  const number = hubNumber(journal.revision);
  if (number === undefined) return false;
  const step = await hub.client.step(hub.deviceId, number, signal);
  if (step === undefined) return false;
  if (journal.postTried && isSameState(step, state) && step.committer === (await hub.client.user(signal)).nick) return true;
  throw quicker(step);
}

/** Somebody else posted a revision under the number that was ours to take. */
function quicker(step: HubStep): TrailbossError {
  return new TrailbossError('CONFLICT', {
    what: quickerWords(step),
    unchanged: 'Nothing was posted. The draft is as it was; objects that were uploaded stay on the hub, unused.',
    next: 'Rebase the draft onto that revision, and post it anew.',
    quicker: {
      revision: String(step.revision),
      message: step.message,
      ...(step.committer !== undefined && { committer: step.committer }),
      ...(step.createdAt !== undefined && { at: step.createdAt }),
    },
  });
}

/** A hub keeps numbers as doubles, and names a state with one that no double holds by what it kept. */
function isSameState(step: HubStep, state: string): boolean {
  return step.stateSha === stateSha(state) || step.stateSha === stateSha(JSON.stringify(JSON.parse(state)));
}
