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
}

const noEntries: ReadonlyMap<string, ComparedEntry> = new Map();

export function useCommitToWorking(checkout: CheckoutView): CommitToWorking {
  const committed = useCheckoutText(checkout, 'commit').data?.text;
  const working = useCheckoutText(checkout, 'working').data?.text;
  const known = checkout.workingSha === undefined ? undefined : working;
  const view = useForecast(committed, known);
  const entries = useMemo(() => {
    const before = committed === undefined ? undefined : parseState(committed);
    const after = known === undefined ? undefined : parseState(known);
    if (before?.ok !== true || after?.ok !== true) return noEntries;
    const groups = comparedGroups(before.state, after.state, view.forecast);
    return new Map(groups.flatMap((group) => group.entries.map((entry) => [entry.key, entry] as const)));
  }, [committed, known, view.forecast]);
  return { view, entries };
}
