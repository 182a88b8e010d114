import type { UpdateId } from '../../shared/contract/ids.ts';
import type { ItemJournal } from '../storage/series.ts';
import type { Drafts } from './drafts.ts';
import { draftGone, movedOn, objectsMissing, otherWayOnly } from './series-problems.ts';
import type { Updates } from './updates.ts';

export interface PostPorts {
  readonly drafts: Drafts;
  readonly updates: Updates;
}

/**
 * Posts the draft of one device under the name and in the direction that suggest themselves. Throws CONFLICT where the device runs
 * something else than what the draft was made for. `mayPost` is asked at the last moment; undefined where it says no.
 */
export async function postItem(
  { drafts, updates }: PostPorts,
  { draftId, base }: ItemJournal,
  message: string,
  mayPost: () => boolean,
  signal: AbortSignal,
): Promise<UpdateId | undefined> {
  if (draftId === undefined) throw draftGone();
  const { version } = drafts.get(draftId);
  const plan = await updates.plan({ draftId }, signal);
  if (plan.baseMoved) throw movedOn(base ?? '', plan.running);
  if (plan.suggested.because === 'other-closed' && (plan.leavesHub || (plan.via === 'hub' && plan.offHub))) {
    throw otherWayOnly(plan.leavesHub);
  }
  if (plan.asked && plan.missing.length > 0) throw objectsMissing(plan.missing);
  if (!mayPost()) return undefined;
  return updates.post({ draftId, version, name: plan.suggestedName, message, via: plan.via }, signal);
}
