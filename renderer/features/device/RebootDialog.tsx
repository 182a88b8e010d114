import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/device.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { showNotice } from '../../ui/showNotice.ts';

interface RebootDialogProps {
  readonly device: DeviceSummary;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks before the board reboots, and says what the reboot does to an UPDATED revision. */
export function RebootDialog({ device, opened, onClose }: RebootDialogProps) {
  const [, navigate] = useLocation();
  const reboot = useMutation(
    orpc.device.reboot.mutationOptions({
      onSuccess: ({ updateId }) => {
        onClose();
        if (updateId !== undefined) navigate(paths.update(device.id, updateId));
        else showNotice(strings.rebooting);
      },
    }),
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={() => {
        reboot.reset();
        onClose();
      }}
      title={strings.rebootTitle(device.name)}
      confirm={strings.rebootConfirm}
      busy={reboot.isPending}
      problem={reboot.error === null ? undefined : problemOf(reboot.error)}
      onConfirm={() => reboot.mutate({ id: device.id })}
    >
      <p>{strings.rebootText}</p>
      {device.checkpoint === false && device.running !== undefined && <p>{strings.rebootCheckpoint(device.running.revision)}</p>}
    </ConfirmDialog>
  );
}
