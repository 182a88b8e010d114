import { useMutation } from '@tanstack/react-query';
import type { AccountId } from '../../../shared/contract/hub.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { strings } from '../../strings/hub.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { showProblem } from '../../ui/ProblemNotice.tsx';
import { useFleet } from '../fleet/useFleet.ts';
import { accountName } from './accountWords.ts';
import { leavingWith } from './leaving.ts';
import { useHub } from './useHub.ts';

/** Says what leaves the fleet before it does. */
export function SignOutDialog({ accountId, onClose }: { accountId: AccountId; onClose: () => void }) {
  const account = useHub().data?.accounts.find(({ id }) => id === accountId);
  const devices = useFleet().data?.devices;
  const drafts = useLive(orpc.draft.list, {}).data;
  const signOut = useMutation(
    orpc.hub.signOut.mutationOptions({
      onSuccess: ({ problem }) => {
        onClose();
        if (problem !== undefined) showProblem(problem);
      },
    }),
  );
  const leaving = leavingWith(accountId, devices?.values() ?? [], drafts ?? []);
  return (
    <ConfirmDialog
      opened={account !== undefined}
      onClose={onClose}
      title={account === undefined ? '' : strings.signOutTitle(accountName(account))}
      confirm={strings.signOutConfirm}
      dangerous
      busy={signOut.isPending}
      problem={signOut.error === null ? undefined : problemOf(signOut.error)}
      onConfirm={() => signOut.mutate({ accountId })}
    >
      <p>{strings.signOutText}</p>
      <p>
        {[
          strings.signOutLeaves(leaving.devices),
          ...(leaving.drafts === 0 ? [] : [strings.signOutDrafts(leaving.drafts)]),
          ...(leaving.staying === 0 ? [] : [strings.signOutStay(leaving.staying)]),
        ].join(' ')}
      </p>
    </ConfirmDialog>
  );
}
