import type { CheckoutView } from '../../../shared/contract/checkout.ts';
import { headerStrings as strings } from '../../strings/checkouts.ts';

/** Why nothing can be written now; undefined when it can. */
export function whyNoWrite({ busy }: Pick<CheckoutView, 'busy'>): string | undefined {
  return busy === undefined ? undefined : strings.busyReason;
}

export function whyNoCommit(view: Pick<CheckoutView, 'busy' | 'changes' | 'problems'>): string | undefined {
  if (view.problems.length > 0) return strings.cantCommit;
  return whyNoWrite(view) ?? (view.changes === 0 ? strings.nothingToCommit : undefined);
}

export function whyNoReset(view: Pick<CheckoutView, 'busy' | 'changes' | 'problems' | 'commit'>): string | undefined {
  if (view.commit === undefined) return strings.noState;
  return whyNoWrite(view) ?? (view.changes === 0 && view.problems.length === 0 ? strings.nothingToReset : undefined);
}

/** Why its state can't be taken elsewhere. */
export function whyNoState({ commit }: Pick<CheckoutView, 'commit'>): string | undefined {
  return commit === undefined ? strings.noState : undefined;
}
