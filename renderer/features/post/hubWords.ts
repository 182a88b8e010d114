import type { Draft } from '../../../shared/contract/draft.ts';
import type { PostPlan } from '../../../shared/contract/update.ts';
import { stays } from '../draft/rebase/target.ts';

/**
 * The revision that a draft should be moved onto before it is posted, where things moved on since it was begun: the hub's newest one,
 * unless that did not stay, else what runs now. Undefined where the draft stands on it already.
 */
export function movedTo(draft: Pick<Draft, 'base'>, plan: Pick<PostPlan, 'hub' | 'running' | 'baseMoved'>): string | undefined {
  const base = draft.base.revision;
  const head = plan.hub?.head;
  if (head !== undefined && head.revision !== base && stays(head.status)) return head.revision;
  return plan.baseMoved && plan.running !== base ? plan.running : undefined;
}
