import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { strings } from '../../../strings/fleetViews.ts';
import { longestViewName } from './savedViews.ts';

interface ViewNameDialogProps {
  readonly title: string;
  readonly text: string | undefined;
  readonly name: string;
  /** Names of other views. */
  readonly taken: readonly string[];
  readonly confirm: string;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks for the name of a view. */
export function ViewNameDialog({ title, text, name, taken, confirm, onName, onClose }: ViewNameDialogProps) {
  const [typed, setTyped] = useState(name);
  const [checked, setChecked] = useState(false);
  const trimmed = typed.trim();
  const wrong = trimmed === '' ? strings.nameMissing : taken.includes(trimmed) ? strings.nameTaken : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (wrong === undefined) onName(trimmed);
  };
  return (
    <Modal opened onClose={onClose} size={440} title={title} closeButtonProps={{ 'aria-label': strings.cancel }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {text !== undefined && <p>{text}</p>}
          <TextInput
            label={strings.name}
            value={typed}
            maxLength={longestViewName}
            error={checked ? wrong : undefined}
            autoComplete="off"
            data-autofocus
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>{strings.cancel}</Button>
            <Button type="submit" variant="filled">
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
