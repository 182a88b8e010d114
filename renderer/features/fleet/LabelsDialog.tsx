import { Modal } from '@mantine/core';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { dialogStrings, hubDeviceStrings as strings } from '../../strings/fleet.ts';
import { LabelsForm } from './LabelsForm.tsx';

interface LabelsDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly device: DeviceSummary;
}

/** Changes the labels of a device. */
export function LabelsDialog({ opened, onClose, device }: LabelsDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={560}
      title={strings.labelsTitle(device.name)}
      closeButtonProps={{ 'aria-label': dialogStrings.cancel }}
    >
      <LabelsForm device={device} onClose={onClose} />
    </Modal>
  );
}
