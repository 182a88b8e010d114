import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { DeleteOnHubDialog } from './DeleteOnHubDialog.tsx';
import { DeviceDialog } from './DeviceDialog.tsx';
import { GoRemoteDialog } from './GoRemoteDialog.tsx';
import { LabelsDialog } from './LabelsDialog.tsx';
import { PublicDialog } from './PublicDialog.tsx';
import { RemoveDeviceDialog } from './RemoveDeviceDialog.tsx';
import { RenameDialog } from './RenameDialog.tsx';

export type DeviceDialogName = 'edit' | 'remove' | 'labels' | 'rename' | 'public' | 'delete' | 'go-remote';

interface DeviceDialogsProps {
  readonly device: DeviceSummary;
  readonly dialog: DeviceDialogName | undefined;
  readonly onClose: () => void;
}

/** The dialogs about a device's entry, of which one at most is open. */
export function DeviceDialogs({ device, dialog, onClose }: DeviceDialogsProps) {
  const { hub } = device;
  return (
    <>
      <DeviceDialog opened={dialog === 'edit'} onClose={onClose} device={device} />
      <RemoveDeviceDialog opened={dialog === 'remove'} onClose={onClose} device={device} />
      <LabelsDialog opened={dialog === 'labels'} onClose={onClose} device={device} />
      {hub !== undefined && (
        <>
          {dialog === 'rename' && <RenameDialog device={device} hub={hub} onClose={onClose} />}
          {dialog === 'public' && <PublicDialog device={device} hub={hub} onClose={onClose} />}
          {dialog === 'delete' && <DeleteOnHubDialog device={device} hub={hub} onClose={onClose} />}
          {dialog === 'go-remote' && <GoRemoteDialog device={device} hub={hub} onClose={onClose} />}
        </>
      )}
    </>
  );
}
