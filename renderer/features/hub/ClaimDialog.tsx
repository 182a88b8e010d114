import { Modal } from '@mantine/core';
import { claimStrings, strings } from '../../strings/hub.ts';
import { ClaimForm } from './ClaimForm.tsx';

/** Makes a device that belongs to nobody one's own. */
export function ClaimDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      size={560}
      title={claimStrings.title}
      closeButtonProps={{ 'aria-label': strings.close }}
    >
      <ClaimForm onClose={onClose} />
    </Modal>
  );
}
