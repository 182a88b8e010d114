import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { strings } from '../../../strings/fleetBulk.ts';
import { BulkResults } from './BulkResults.tsx';
import { isUnderWay } from './bulkRun.ts';
import type { Bulk } from './useBulk.ts';

interface BulkDialogProps {
  readonly title: string;
  readonly bulk: Bulk;
  readonly onClose: () => void;
  /** What is asked before it starts. */
  readonly children: ReactNode;
}

/** Asks what is to be done to several devices, then shows how it goes. It stays until all are through or it is stopped. */
export function BulkDialog({ title, bulk, onClose, children }: BulkDialogProps) {
  const busy = bulk.run !== undefined && isUnderWay(bulk.run);
  return (
    <Modal
      opened
      onClose={onClose}
      size={600}
      title={title}
      closeOnEscape={!busy}
      closeOnClickOutside={!busy}
      withCloseButton={!busy}
      closeButtonProps={{ 'aria-label': strings.close }}
    >
      {bulk.run === undefined ? children : <BulkResults bulk={bulk} onClose={onClose} />}
    </Modal>
  );
}
