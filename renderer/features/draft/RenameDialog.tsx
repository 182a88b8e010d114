import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { keyProblem } from '../../../shared/state/keys.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import type { DraftEditing } from './useDraft.ts';

interface RenameDialogProps {
  readonly entryKey: string;
  readonly next: StateDocument;
  readonly editing: DraftEditing;
  readonly onClose: () => void;
  readonly onRenamed: (key: string) => void;
}

/** Gives an entry another key; another folder in it moves the entry there. */
export function RenameDialog({ entryKey, next, editing, onClose, onRenamed }: RenameDialogProps) {
  const [to, setTo] = useState(entryKey);
  const kind = next.byKey.get(entryKey)?.kind ?? 'json';
  const fault = to === entryKey ? undefined : next.byKey.has(to) ? strings.renameTaken(to) : keyProblem(to, kind);
  const moves = folderOf(to) !== folderOf(entryKey);
  const rename = async () => {
    const result = await editing.edit((at) => client.draft.rename({ ...at, from: entryKey, to }));
    if (!result.ok) return;
    onClose();
    onRenamed(to);
  };
  return (
    <Modal opened onClose={onClose} title={strings.renameTitle} closeButtonProps={{ 'aria-label': strings.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === undefined && to !== entryKey) void rename();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={strings.key}
            description={moves && fault === undefined ? strings.moves(folderOf(to)) : strings.renameHint}
            value={to}
            error={fault}
            data-autofocus
            onFocus={(event) => event.currentTarget.setSelectionRange(folderOf(entryKey).length + 1, entryKey.length)}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          {editing.problem !== undefined && <ProblemPanel problem={editing.problem} />}
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>{strings.cancel}</Button>
            <Button type="submit" variant="filled" disabled={fault !== undefined || to === entryKey}>
              {strings.renameConfirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function folderOf(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf('/')));
}
