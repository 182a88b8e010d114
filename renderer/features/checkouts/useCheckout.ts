import { keepPreviousData, skipToken, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { CheckoutSummary, CheckoutView } from '../../../shared/contract/checkout.ts';
import type { CheckoutId } from '../../../shared/contract/ids.ts';
import { client, orpc, useLive } from '../../rpc.ts';

/** The checkouts that were opened, as they change. */
export function useCheckouts(): UseQueryResult<readonly CheckoutSummary[], Error> {
  return useLive(orpc.checkout.list, undefined);
}

/** One checkout as it stands on the disk, live. */
export function useCheckout(id: CheckoutId | undefined): UseQueryResult<CheckoutView, Error> {
  return useLive(orpc.checkout.watch, id === undefined ? skipToken : { id });
}

/** The raw text of a checkout's state. It is read anew when its sha changes, and the one before stays until then. */
export function useCheckoutText(
  view: Pick<CheckoutView, 'id' | 'commit' | 'workingSha'> | undefined,
  which: 'working' | 'commit',
): UseQueryResult<{ readonly text: string; readonly sha: string }, Error> {
  const sha = which === 'working' ? view?.workingSha : view?.commit?.sha;
  const id = view?.id;
  return useQuery({
    queryKey: ['checkout text', id, which, sha],
    queryFn: id === undefined || sha === undefined ? skipToken : () => client.checkout.state({ id, which }),
    // The folder may have moved on between the two: then it is read again.
    staleTime: (query) => (query.state.data?.sha === sha ? Number.POSITIVE_INFINITY : 0),
    gcTime: 60_000,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
