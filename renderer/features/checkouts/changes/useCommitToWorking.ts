import { useMemo } from 'react';
import type { CheckoutView } from '../../../../shared/contract/checkout.ts';
import { parseState } from '../../../../shared/state/state.ts';
import { type ComparedEntry, comparedGroups } from '../../compare/entries.ts';
import { type ForecastView, useForecast } from '../../compare/forecast/useForecast.ts';
import { useCheckoutText } from '../useCheckout.ts';

/** What moving from what is committed to the files as they are now would do, and what differs by key. */
export interface CommitToWorking {
  readonly view: ForecastView;
  readonly entries: ReadonlyMap<string, ComparedEntry>;
  /** Both states were read as they are now: what is not among the entries does not differ in them. */
  readonly current: boolean;
}

const noEntries: ReadonlyMap<string, ComparedEntry> = new Map();

export function useCommitToWorking(checkout: CheckoutView): CommitToWorking {
  const before = useCheckoutText(checkout, 'commit').data;
  const after = useCheckoutText(checkout, 'working').data;
  const committed = before?.text;
  const known = checkout.workingSha === undefined ? undefined : after?.text;
  const view = useForecast(committed, known);
  const entries = useMemo(() => {
    const from = committed === undefined ? undefined : parseState(committed);
    const to = known === undefined ? undefined : parseState(known);
    if (from?.ok !== true || to?.ok !== true) return noEntries;
    const groups = comparedGroups(from.state, to.state, view.forecast);
    return new Map(groups.flatMap((group) => group.entries.map((entry) => [entry.key, entry] as const)));
  }, [committed, known, view.forecast]);
  const current = before?.sha === checkout.commit?.sha && after?.sha === checkout.workingSha;
  return { view, entries, current };
}
