import { useMutation } from '@tanstack/react-query';
import type { DeviceSummary, HubPlace } from '../../../shared/contract/fleet.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { hubDeviceStrings as strings } from '../../strings/fleet.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

interface PublicDialogProps {
  readonly device: DeviceSummary;
  readonly hub: HubPlace;
  readonly onClose: () => void;
}

/** Opens a device to everybody, or closes it again; says what that shows before. */
export function PublicDialog({ device, hub, onClose }: PublicDialogProps) {
  const set = useMutation(orpc.hub.setPublic.mutationOptions({ onSuccess: onClose }));
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={(hub.public ? strings.privateTitle : strings.publicTitle)(device.name)}
      confirm={hub.public ? strings.makePrivate : strings.makePublic}
      dangerous={!hub.public}
      busy={set.isPending}
      problem={set.error === null ? undefined : problemOf(set.error)}
      onConfirm={() => set.mutate({ id: device.id, public: !hub.public })}
    >
      {(hub.public ? strings.privateText : strings.publicText).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </ConfirmDialog>
  );
}
