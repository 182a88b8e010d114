import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useHubDialog } from '../../stores/hubDialog.ts';
import { strings } from '../../strings/hub.ts';
import classes from './AccountBanner.module.css';
import { accountName, waitingForPerson } from './accountWords.ts';
import { useHub } from './useHub.ts';

/**
 * A line over the devices for each account that needs the person: what is on the screen stays. One that was put off comes back when
 * the account was open in between.
 */
export function AccountBanner() {
  const accounts = useHub().data?.accounts ?? [];
  const open = useHubDialog((dialogs) => dialogs.open);
  const [putOff, setPutOff] = useState<ReadonlySet<string>>(new Set());
  const { signedOut, locked } = waitingForPerson(accounts);
  const later = (what: string) => setPutOff((before) => new Set(before).add(what));
  const { banner } = strings;
  return (
    <>
      {locked && !putOff.has('locked') && (
        <div className={classes.banner} role="status">
          <IconLock size={16} aria-hidden />
          <p>
            <strong>{banner.locked}</strong> {banner.allStay}
          </p>
          <Button size="compact-xs" onClick={() => open({ kind: 'unlock' })}>
            {strings.unlock}
          </Button>
          <Button size="compact-xs" onClick={() => later('locked')}>
            {banner.later}
          </Button>
        </div>
      )}
      {signedOut.map((account) => {
        const since = account.status.kind === 'signed-out' ? account.status.since : 0;
        const key = `${account.id} ${since}`;
        if (putOff.has(key)) return null;
        return (
          <div key={key} className={classes.banner} role="status">
            <IconLock size={16} aria-hidden />
            <p>
              <strong>{banner.signedOut(accountName(account))}</strong> {banner.stays}
            </p>
            <Button size="compact-xs" onClick={() => open({ kind: 'sign-in', account })}>
              {strings.signInAgain}
            </Button>
            <Button size="compact-xs" onClick={() => later(key)}>
              {banner.later}
            </Button>
          </div>
        );
      })}
    </>
  );
}
