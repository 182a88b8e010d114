import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { authorizedKeysKey } from '../../../shared/contract/metadata.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/metadata.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { DeviceDialog } from '../fleet/DeviceDialog.tsx';
import classes from './metadata.module.css';
import { hasKey } from './userMeta.ts';

interface EnableSshProps {
  readonly device: DeviceSummary;
  /** The user metadata, which hold the keys that may log in. */
  readonly authorized: Readonly<Record<string, unknown>> | undefined;
  /** At which the device says that it is reached. */
  readonly addresses: readonly string[];
  readonly reason: string | undefined;
}

/** Writes this computer's public key to the device's metadata, and says what comes next. */
export function EnableSsh({ device, authorized, addresses, reason }: EnableSshProps) {
  const [dialog, setDialog] = useState<'ask' | 'address'>();
  const own = useQuery(orpc.settings.ownKey.queryOptions()).data;
  const enable = useMutation(orpc.metadata.enableSsh.mutationOptions({ onSuccess: () => setDialog(undefined) }));
  const there = own !== undefined && hasKey(authorized?.[authorizedKeysKey], own.publicKey);
  const result = enable.data;
  return (
    <section className={classes.block} aria-label={strings.ssh}>
      <h3 className={classes.blockTitle}>{strings.ssh}</h3>
      <p className={classes.dim}>{strings.sshText(authorizedKeysKey)}</p>
      {there && result === undefined && <p>{strings.sshAgain}</p>}
      {result !== undefined && (
        <p role="status">{result.added ? strings.sshAdded(result.keys) : strings.sshWasThere(result.keys)}</p>
      )}
      {(there || result !== undefined) && device.connection === null && (
        <p>
          {strings.sshNext} {addresses.length > 0 && strings.sshAddresses(addresses)}
        </p>
      )}
      <div className={classes.buttons}>
        {!there && result === undefined && (
          <GatedButton reason={reason} leftSection={<IconKey size={14} aria-hidden />} onClick={() => setDialog('ask')}>
            {strings.sshEnable}
          </GatedButton>
        )}
        {(there || result !== undefined) && device.ways.ssh.kind === 'not-configured' && (
          <Button onClick={() => setDialog('address')}>
            {device.connection === null ? strings.addAddress : strings.changeAddress}
          </Button>
        )}
      </div>
      <ConfirmDialog
        opened={dialog === 'ask'}
        title={strings.sshTitle}
        confirm={strings.sshConfirm}
        busy={enable.isPending}
        problem={enable.error === null ? undefined : problemOf(enable.error)}
        onConfirm={() => enable.mutate({ id: device.id })}
        onClose={() => {
          enable.reset();
          setDialog(undefined);
        }}
      >
        <p>{strings.sshText(authorizedKeysKey)}</p>
        {own !== undefined && <code className={classes.wrap}>{own.publicKey}</code>}
      </ConfirmDialog>
      <DeviceDialog opened={dialog === 'address'} onClose={() => setDialog(undefined)} device={device} />
    </section>
  );
}
