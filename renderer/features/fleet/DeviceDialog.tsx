import { Modal } from '@mantine/core';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { dialogStrings as strings } from '../../strings/fleet.ts';
import { DeviceDialogForm } from './DeviceDialogForm.tsx';

interface DeviceDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The device to edit; without one, a device is added. */
  readonly device?: DeviceSummary;
}

/** Adds a device by its address, or changes how one is reached. */
export function DeviceDialog({ opened, onClose, device }: DeviceDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={560}
      title={titleOf(device)}
      closeButtonProps={{ 'aria-label': strings.cancel }}
    >
      <DeviceDialogForm device={device} onClose={onClose} />
    </Modal>
  );
}

function titleOf(device: DeviceSummary | undefined): string {
  if (device === undefined) return strings.addTitle;
  return (device.connection === null ? strings.addLocalTitle : strings.editTitle)(device.name);
}
