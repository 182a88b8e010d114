import { Button } from '@mantine/core';
import { problemOf } from '../../rpc.ts';
import { useHubDialog } from '../../stores/hubDialog.ts';
import { strings } from '../../strings/hub.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { AccountRow } from './AccountRow.tsx';
import classes from './accounts.module.css';
import { useHub } from './useHub.ts';

/** All hub accounts, and the doors to more of them. */
export function Accounts() {
  const { data, error } = useHub();
  const open = useHubDialog((dialogs) => dialogs.open);
  if (error !== null && data === undefined) return <ProblemPanel problem={problemOf(error)} />;
  if (data === undefined) return <p>&nbsp;</p>;
  return (
    <>
      {data.accounts.length === 0 ? (
        <p className={classes.dim}>{strings.accountsNone}</p>
      ) : (
        <ul className={classes.list}>
          {data.accounts.map((account) => (
            <AccountRow key={account.id} account={account} />
          ))}
        </ul>
      )}
      <div className={classes.foot}>
        <Button onClick={() => open({ kind: 'sign-in' })}>{strings.signInEntry}</Button>
        {data.accounts.length > 0 && <Button onClick={() => open({ kind: 'claim' })}>{strings.claim}</Button>}
      </div>
    </>
  );
}
