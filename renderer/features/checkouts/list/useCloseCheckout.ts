import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { CheckoutSummary } from '../../../../shared/contract/checkout.ts';
import { paths } from '../../../routes/paths.ts';
import { client, orpc, problemOf } from '../../../rpc.ts';
import { strings } from '../../../strings/checkouts.ts';
import { showProblem } from '../../../ui/ProblemNotice.tsx';
import { showUndo } from '../../../ui/showNotice.ts';

/** Takes a checkout off the list, with a way back. */
export function useCloseCheckout(): (checkout: Pick<CheckoutSummary, 'id' | 'name' | 'path'>) => void {
  const [place, navigate] = useLocation();
  const { mutate } = useMutation(orpc.checkout.close.mutationOptions({ onError: (error) => showProblem(problemOf(error)) }));
  return ({ id, name, path }) =>
    mutate(
      { id },
      {
        onSuccess: () => {
          if (place !== paths.checkouts()) navigate(paths.checkouts());
          showUndo(strings.closed(name), () => {
            client.checkout.open({ path }).catch((error: unknown) => showProblem(problemOf(error)));
          });
        },
      },
    );
}
