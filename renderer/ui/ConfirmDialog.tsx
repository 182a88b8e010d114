import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { KnownProblem } from '../../shared/contract/errors.ts';
import { strings } from '../strings/ui.ts';
import { ProblemPanel } from './ProblemPanel.tsx';

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** What will happen, in sentences. */
  readonly children: ReactNode;
  /** The verb on the button: "Reboot", "Remove". */
  readonly confirm: string;
  /** Takes something away or stops something that runs. */
  readonly dangerous?: boolean;
  /** Something has to be answered first. */
  readonly disabled?: boolean;
  readonly busy?: boolean;
  readonly problem?: KnownProblem | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks once, names the deed on the button, and stays open with the problem when it fails. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Modal
      size={560}
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': strings.close }}
    >
      <Stack gap="md">
        {props.children}
        {props.problem !== undefined && <ProblemPanel problem={props.problem} />}
        <Group justify="flex-end" gap="sm">
          <Button onClick={props.onClose}>{strings.cancel}</Button>
          <Button
            variant={props.dangerous === true ? 'outline' : 'filled'}
            {...(props.dangerous === true ? { color: 'red' } : {})}
            disabled={props.disabled === true}
            loading={props.busy === true}
            onClick={props.onConfirm}
            data-autofocus
          >
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
