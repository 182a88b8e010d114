import { IconCloudOff, IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { paths } from '../../../routes/paths.ts';
import { connectionStore } from '../../../rpc/connectionState.ts';
import { orpc, useLive } from '../../../rpc.ts';
import { strings } from '../../../strings/shell.ts';
import { accountName } from '../../hub/accountWords.ts';
import { useHub } from '../../hub/useHub.ts';
import { PollsPopover } from './PollsPopover.tsx';
import classes from './StatusBar.module.css';
import { WorkPopover } from './WorkPopover.tsx';

/** The line at the foot: the connection, how many devices are open, background work, and how often is polled. */
export function StatusBar() {
  const connection = useStore(connectionStore);
  const { data: status } = useLive(orpc.settings.status, undefined);
  return (
    <footer className={classes.bar}>
      <span className={`${classes.connection} ${connection.kind === 'lost' ? classes.lost : ''}`}>
        {connection.kind === 'lost' ? <IconPlugConnectedX size={14} aria-hidden /> : <IconPlugConnected size={14} aria-hidden />}
        {connection.kind === 'open' && strings.connected}
        {connection.kind === 'connecting' && strings.connecting}
        {connection.kind === 'lost' && strings.reconnecting}
      </span>
      {status !== undefined && <span>{strings.devicesOpen(status.devices.open, status.devices.total)}</span>}
      <AccountTrouble />
      <WorkPopover />
      {status !== undefined && (
        <>
          <PollsPopover status={status} />
          <Link href={paths.settings('about')} className={classes.version}>
            {status.version}
          </Link>
        </>
      )}
    </footer>
  );
}

/** The hub accounts that can't be used right now; leads to where something can be done about it. */
function AccountTrouble() {
  const accounts = useHub().data?.accounts ?? [];
  const troubled = accounts.filter(({ status }) => status.kind !== 'open' && status.kind !== 'connecting');
  if (troubled.length === 0) return null;
  const count = (kind: string) => troubled.filter(({ status }) => status.kind === kind).length;
  return (
    <Link
      href={paths.settings('accounts')}
      className={classes.trouble}
      title={troubled.map((account) => `${accountName(account)}: ${strings.accountTrouble[account.status.kind]}`).join('\n')}
    >
      <IconCloudOff size={14} aria-hidden />
      {strings.accounts(count('silent'), count('signed-out'), count('locked'))}
    </Link>
  );
}
