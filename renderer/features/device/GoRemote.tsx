import { IconCloudUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/device.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { showNotice } from '../../ui/showNotice.ts';

interface GoRemoteProps {
  readonly device: DeviceSummary;
  /** Among facts of one line's height. */
  readonly compact?: boolean;
}

/** Lets a device that runs a local revision follow its hub again. The order goes over SSH. */
export function GoRemote({ device, compact = false }: GoRemoteProps) {
  const [asking, setAsking] = useState(false);
  const go = useMutation(
    orpc.hub.goRemote.mutationOptions({
      onSuccess: () => {
        setAsking(false);
        showNotice(strings.wentRemote(device.name));
      },
    }),
  );
  const ssh = device.ways.ssh.kind;
  const reason = ssh === 'open' ? undefined : ssh === 'silent' ? strings.silentSshReason : strings.goRemoteNeedsSsh;
  return (
    <>
      <GatedButton
        reason={reason}
        size={compact ? 'compact-xs' : 'xs'}
        leftSection={<IconCloudUp size={14} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {strings.goRemote}
      </GatedButton>
      <ConfirmDialog
        opened={asking}
        title={strings.goRemoteTitle(device.name)}
        confirm={strings.goRemoteConfirm}
        busy={go.isPending}
        problem={go.error === null ? undefined : problemOf(go.error)}
        onConfirm={() => go.mutate({ id: device.id })}
        onClose={() => {
          go.reset();
          setAsking(false);
        }}
      >
        <p>{strings.goRemoteText}</p>
      </ConfirmDialog>
    </>
  );
}
