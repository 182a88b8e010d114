import { ActionIcon, Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { HubAccount } from '../../../shared/contract/hub.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { useHubDialog } from '../../stores/hubDialog.ts';
import { useNow } from '../../stores/now.ts';
import { strings } from '../../strings/hub.ts';
import { Facts } from '../../ui/Facts.tsx';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import classes from './accounts.module.css';
import { accountName, accountStatus } from './accountWords.ts';
import { QuotaBars } from './QuotaBars.tsx';

/** One account: whether it can be used, what it holds, and what can be done about it. */
export function AccountRow({ account }: { account: HubAccount }) {
  const open = useHubDialog((dialogs) => dialogs.open);
  const queryClient = useQueryClient();
  const refresh = useMutation(
    orpc.hub.refresh.mutationOptions({ onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.hub.quota.key() }) }),
  );
  const { status } = account;
  const name = accountName(account);
  const { word, meaning } = accountStatus(account);
  // What asking now failed with is what the account then says of itself.
  const troubled = status.kind === 'silent' || status.kind === 'signed-out';
  return (
    <li className={classes.account}>
      <div className={classes.head}>
        <h3 className={classes.name}>{name}</h3>
        <MeaningBadge meaning={meaning}>{word}</MeaningBadge>
        {account.demo && <span className={classes.dim}>{strings.demo}</span>}
        <div className={classes.actions}>
          {status.kind === 'signed-out' && (
            <Button variant="filled" onClick={() => open({ kind: 'sign-in', account })}>
              {strings.signInAgain}
            </Button>
          )}
          {status.kind === 'locked' && (
            <Button variant="filled" onClick={() => open({ kind: 'unlock' })}>
              {strings.unlock}
            </Button>
          )}
          {(status.kind === 'open' || status.kind === 'silent') && (
            <ActionIcon
              aria-label={strings.refresh(name)}
              title={strings.refresh(name)}
              loading={refresh.isPending}
              onClick={() => refresh.mutate({ accountId: account.id })}
            >
              <IconRefresh size={16} aria-hidden />
            </ActionIcon>
          )}
          {!account.demo && <Button onClick={() => open({ kind: 'sign-out', accountId: account.id })}>{strings.signOut}</Button>}
        </div>
      </div>
      <div className={classes.body}>
        <Facts
          facts={[
            { name: strings.devices, value: account.devices },
            { name: strings.email, value: account.email },
            { name: strings.heard, value: (status.kind === 'open' || status.kind === 'silent') && <Heard at={status.heardAt} /> },
            {
              name: status.kind === 'silent' ? strings.silentSince : strings.signedOutSince,
              value: (status.kind === 'silent' || status.kind === 'signed-out') && <RelativeTime at={status.since} focusable />,
            },
            { name: strings.token, value: <TokenEnd endsAt={account.tokenEndsAt} /> },
            { name: strings.certificate, value: account.hasCa && strings.ownCertificate },
          ]}
        />
        {status.kind === 'open' && <QuotaBars accountId={account.id} />}
      </div>
      {status.kind === 'locked' && <p className={classes.dim}>{strings.lockedText}</p>}
      {troubled ? (
        <ProblemPanel problem={status.problem} />
      ) : (
        refresh.error !== null && <ProblemPanel problem={problemOf(refresh.error)} />
      )}
    </li>
  );
}

function Heard({ at }: { at: number | undefined }) {
  return at === undefined ? strings.neverHeard : <RelativeTime at={at} focusable />;
}

function TokenEnd({ endsAt }: { endsAt: number | undefined }) {
  const now = useNow();
  if (endsAt === undefined) return strings.sessionOnly;
  const date = new Date(endsAt).toLocaleDateString(undefined, { dateStyle: 'medium' });
  return <time dateTime={new Date(endsAt).toISOString()}>{(endsAt < now ? strings.tokenEnded : strings.tokenEnds)(date)}</time>;
}
