import { useMutation } from '@tanstack/react-query';
import type { DeviceSummary, HubPlace } from '../../../shared/contract/fleet.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { hubDeviceStrings as strings } from '../../strings/fleet.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

interface GoRemoteDialogProps {
  readonly device: DeviceSummary;
  readonly hub: HubPlace;
  readonly onClose: () => void;
}

/** Lets a device that runs a local revision follow its hub again; it may begin an update at once. */
export function GoRemoteDialog({ device, hub, onClose }: GoRemoteDialogProps) {
  const go = useMutation(orpc.hub.goRemote.mutationOptions({ onSuccess: onClose }));
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={strings.goRemoteTitle(device.name)}
      confirm={strings.goRemote}
      busy={go.isPending}
      problem={go.error === null ? undefined : problemOf(go.error)}
      onConfirm={() => go.mutate({ id: device.id })}
    >
      <p>{strings.goRemoteText(hub.account)}</p>
    </ConfirmDialog>
  );
}
