import { Button, VisuallyHidden } from '@mantine/core';
import { IconCloud, IconCloudPlus, IconPlayerPlay, IconPlus } from '@tabler/icons-react';
import { useAddDevice } from '../../stores/addDevice.ts';
import { useHubDialog } from '../../stores/hubDialog.ts';
import { strings } from '../../strings/fleet.ts';
import { strings as hubStrings } from '../../strings/hub.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { accountName } from '../hub/accountWords.ts';
import { useHub } from '../hub/useHub.ts';
import { DiscoveredStrip } from './discovered/DiscoveredStrip.tsx';
import classes from './FleetScreen.module.css';
import { useDemo } from './useDemo.ts';

/** The doors into a fleet that has no device yet. */
export function EmptyFleet() {
  const demo = useDemo();
  const add = useAddDevice((dialog) => dialog.open);
  const accounts = useHub().data?.accounts ?? [];
  const openHubDialog = useHubDialog((dialogs) => dialogs.open);
  return (
    <div className={classes.screen}>
      <VisuallyHidden component="h1">{strings.title}</VisuallyHidden>
      <DiscoveredStrip />
      <div className={classes.body}>
        <EmptyState
          sentence={accounts.length === 0 ? strings.emptySentence : strings.emptyAccounts(accounts.map(accountName).join(', '))}
        >
          <Button variant="filled" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
            {strings.addByAddress}
          </Button>
          {accounts.length > 0 && (
            <Button leftSection={<IconCloudPlus size={14} aria-hidden />} onClick={() => openHubDialog({ kind: 'claim' })}>
              {hubStrings.claim}
            </Button>
          )}
          <Button leftSection={<IconCloud size={14} aria-hidden />} onClick={() => openHubDialog({ kind: 'sign-in' })}>
            {hubStrings.signIn}
          </Button>
          <Button leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={demo.start} loading={demo.busy}>
            {strings.startDemo}
          </Button>
        </EmptyState>
      </div>
    </div>
  );
}
