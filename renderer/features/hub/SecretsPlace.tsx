import { Button } from '@mantine/core';
import { useHubDialog } from '../../stores/hubDialog.ts';
import { secretStrings as strings } from '../../strings/hub.ts';
import classes from './accounts.module.css';
import { useHub } from './useHub.ts';

/** Where the accounts' tokens are kept on this computer, and the way to change it. */
export function SecretsPlace() {
  const secrets = useHub().data?.secrets;
  const open = useHubDialog((dialogs) => dialogs.open);
  if (secrets === undefined) return <p>&nbsp;</p>;
  const { kind, keyringAvailable, keyringReason, locked } = secrets;
  const parts = [
    strings.now[kind],
    ...(locked ? [strings.locked] : []),
    ...(keyringAvailable || kind === 'keyring' ? [] : [strings.noKeyring(keyringReason)]),
  ];
  return (
    <div className={classes.secrets}>
      <p>{parts.join(' ')}</p>
      {locked && <Button onClick={() => open({ kind: 'unlock' })}>{strings.unlockEntry}</Button>}
      <Button onClick={() => open({ kind: 'secrets' })}>{strings.change}</Button>
    </div>
  );
}
