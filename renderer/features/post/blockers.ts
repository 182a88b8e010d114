import type { Draft } from '../../../shared/contract/draft.ts';
import type { PostPlan } from '../../../shared/contract/update.ts';
import { strings } from '../../strings/post.ts';
import { dataSize } from '../../ui/dataSize.ts';

/** Why a draft can't be posted, as sentences; empty when it can. */
export function blockersOf(draft: Draft, plan: PostPlan | undefined): readonly string[] {
  const unfinished = Object.keys(draft.unfinished);
  const needed = plan === undefined ? 0 : uploadBytes(plan);
  return [
    ...closedReasons(plan),
    ...(draft.text === draft.base.text && unfinished.length === 0 ? [strings.same] : []),
    ...(unfinished.length === 0 ? [] : [strings.unfinished(unfinished)]),
    ...(plan === undefined || plan.missing.length === 0 ? [] : [strings.missingText]),
    ...(plan?.hub?.quotaLeft !== undefined && needed > plan.hub.quotaLeft
      ? [strings.overQuota(dataSize(needed), dataSize(plan.hub.quotaLeft))]
      : []),
  ];
}

/** Bytes that would be uploaded. */
export function uploadBytes(plan: PostPlan): number {
  return plan.upload.reduce((sum, object) => sum + object.size, 0);
}

function closedReasons(plan: PostPlan | undefined): readonly string[] {
  const closed = plan?.directions.find(({ via }) => via === plan.via)?.closed;
  return closed === undefined ? [] : [closed];
}
