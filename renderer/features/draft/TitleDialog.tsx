import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Draft } from '../../../shared/contract/draft.ts';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import type { DraftEditing } from './useDraft.ts';

interface TitleDialogProps {
  readonly draft: Draft;
  readonly editing: DraftEditing;
  readonly onClose: () => void;
}

/** Gives the draft a name, or takes it away. */
export function TitleDialog({ draft, editing, onClose }: TitleDialogProps) {
  const [title, setTitle] = useState(draft.title);
  const save = async () => {
    const result = await editing.edit(({ draftId }) => client.draft.setTitle({ draftId, title }));
    if (result.ok) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={strings.titleDialog.title} closeButtonProps={{ 'aria-label': strings.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={strings.titleDialog.name}
            description={strings.titleDialog.hint}
            maxLength={200}
            value={title}
            data-autofocus
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          {editing.problem !== undefined && <ProblemPanel problem={editing.problem} />}
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>{strings.cancel}</Button>
            <Button type="submit" variant="filled">
              {strings.titleDialog.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
