import { Button, Group, Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { pickerStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { OverDialog } from '../picker/overDialog.ts';
import type { OwnWork } from '../work/useOwnWork.ts';
import { WorkPanel } from '../work/WorkPanel.tsx';

interface WorkDialogProps {
  readonly title: string;
  /** The verb on the button. */
  readonly confirm: string;
  /** Something is missing yet. */
  readonly disabled: boolean;
  readonly own: OwnWork;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog that starts work and shows how far it is. It can be closed meanwhile: the work goes on in the status bar. */
export function WorkDialog({ title, confirm, disabled, own, onConfirm, onClose, children }: WorkDialogProps) {
  const [isCovered, setCovered] = useState(false);
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnEscape={!isCovered}
      size={640}
      title={title}
      closeButtonProps={{ 'aria-label': strings.close }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!disabled && !own.running) onConfirm();
        }}
      >
        <Stack gap="md">
          <OverDialog value={setCovered}>{children}</OverDialog>
          <WorkPanel own={own} closable />
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>{own.running ? strings.close : strings.cancel}</Button>
            <Button type="submit" variant="filled" disabled={disabled} loading={own.running}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
