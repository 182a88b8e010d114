import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { DeviceSummary, HubPlace } from '../../../shared/contract/fleet.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { hubDeviceStrings as strings } from '../../strings/fleet.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

interface DeleteOnHubDialogProps {
  readonly device: DeviceSummary;
  readonly hub: HubPlace;
  readonly onClose: () => void;
}

/** Deletes a device on its hub, once its nick was typed. */
export function DeleteOnHubDialog({ device, hub, onClose }: DeleteOnHubDialogProps) {
  const [, navigate] = useLocation();
  const [nick, setNick] = useState('');
  const remove = useMutation(
    orpc.hub.deleteDevice.mutationOptions({
      onSuccess: () => {
        onClose();
        if (device.connection === null) navigate(paths.fleet());
      },
    }),
  );
  const confirm = () => {
    if (nick === hub.nick) remove.mutate({ id: device.id, nick });
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={strings.deleteTitle(device.name)}
      confirm={strings.delete}
      dangerous
      disabled={nick !== hub.nick}
      busy={remove.isPending}
      problem={remove.error === null ? undefined : problemOf(remove.error)}
      onConfirm={confirm}
    >
      <p>{strings.deleteText(hub.account)}</p>
      {device.connection !== null && <p>{strings.deleteStays}</p>}
      <TextInput
        label={strings.deleteType(hub.nick)}
        value={nick}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        onChange={(event) => setNick(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') confirm();
        }}
      />
    </ConfirmDialog>
  );
}
