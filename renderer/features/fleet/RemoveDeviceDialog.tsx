import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { dialogStrings as strings } from '../../strings/fleet.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

interface RemoveDeviceDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly device: DeviceSummary;
}

/** Asks before Trailboss forgets a device, or only its address where a hub has it too. */
export function RemoveDeviceDialog({ opened, onClose, device }: RemoveDeviceDialogProps) {
  const [, navigate] = useLocation();
  const { hub } = device;
  const remove = useMutation(
    orpc.fleet.remove.mutationOptions({
      onSuccess: () => {
        onClose();
        if (hub === undefined) navigate(paths.fleet());
      },
    }),
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={(hub === undefined ? strings.removeTitle : strings.removeLocalTitle)(device.name)}
      confirm={hub === undefined ? strings.remove : strings.removeLocal}
      dangerous
      busy={remove.isPending}
      problem={remove.error === null ? undefined : problemOf(remove.error)}
      onConfirm={() => remove.mutate({ id: device.id })}
    >
      <p>{hub === undefined ? strings.removeText : strings.removeLocalText(hub.account)}</p>
    </ConfirmDialog>
  );
}
