import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { keyProblem } from '../../../../shared/state/keys.ts';
import { startOf } from '../../../../shared/state/new-container.ts';
import type { StateDocument } from '../../../../shared/state/state.ts';
import { client } from '../../../rpc.ts';
import { strings } from '../../../strings/draft.ts';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import type { DraftEditing } from '../useDraft.ts';

interface AddJsonDialogProps {
  readonly next: StateDocument;
  readonly folder: string;
  readonly editing: DraftEditing;
  readonly onClose: () => void;
  readonly onAdded: (key: string) => void;
}

/** Adds an entry of inline JSON; a document that is known begins with what it needs. */
export function AddJsonDialog({ next, folder, editing, onClose, onAdded }: AddJsonDialogProps) {
  const [key, setKey] = useState(folder === '' ? '' : `${folder}/`);
  const fault = next.byKey.has(key) ? strings.keyTaken : keyProblem(key, 'json');
  const add = async () => {
    const result = await editing.edit((at) => client.draft.setJson({ ...at, key, text: startOf(key) }));
    if (!result.ok) return;
    onClose();
    onAdded(key);
  };
  return (
    <Modal opened onClose={onClose} title={strings.newJsonTitle} closeButtonProps={{ 'aria-label': strings.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === undefined) void add();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={strings.key}
            description={strings.keyHint}
            value={key}
            error={key === '' || key.endsWith('/') ? undefined : fault}
            data-autofocus
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          {editing.problem !== undefined && <ProblemPanel problem={editing.problem} />}
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>{strings.cancel}</Button>
            <Button type="submit" variant="filled" disabled={fault !== undefined}>
              {strings.addConfirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
