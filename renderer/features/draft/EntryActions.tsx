import { Button, FileButton, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Draft } from '../../../shared/contract/draft.ts';
import { keyProblem } from '../../../shared/state/keys.ts';
import { sendFile } from '../../rpc/sendFile.ts';
import { client } from '../../rpc.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { strings } from './strings.ts';
import type { TreeEntry } from './tree.ts';
import type { DraftEditing } from './useDraft.ts';

interface EntryActionsProps {
  readonly entry: TreeEntry;
  readonly draft: Draft;
  readonly editing: DraftEditing;
  readonly onSelect: (key: string | undefined) => void;
}

/** What can be done with an entry as a whole. */
export function EntryActions({ entry, draft, editing, onSelect }: EntryActionsProps) {
  const [renaming, setRenaming] = useState(false);
  const gone = entry.change === 'removed';
  const replace = (file: File | null) => {
    if (file === null) return;
    void editing.edit(async (at) =>
      client.draft.setFile({ ...at, key: entry.key, fileId: await sendFile(file), asObject: entry.kind === 'object' }),
    );
  };
  return (
    <Group gap="xs">
      {(entry.change !== 'same' || entry.unfinished) && (
        <Button size="compact-xs" onClick={() => void editing.edit((at) => client.draft.revert({ ...at, keys: [entry.key] }))}>
          {strings.revert}
        </Button>
      )}
      {!gone && (
        <>
          <FileButton onChange={replace}>
            {(props) => (
              <Button size="compact-xs" {...props}>
                {strings.replace}
              </Button>
            )}
          </FileButton>
          <Button size="compact-xs" onClick={() => setRenaming(true)}>
            {strings.rename}
          </Button>
          <Button size="compact-xs" onClick={() => void editing.edit((at) => client.draft.remove({ ...at, keys: [entry.key] }))}>
            {strings.remove}
          </Button>
        </>
      )}
      {renaming && (
        <RenameDialog entry={entry} draft={draft} editing={editing} onClose={() => setRenaming(false)} onRenamed={onSelect} />
      )}
    </Group>
  );
}

interface RenameDialogProps {
  readonly entry: TreeEntry;
  readonly draft: Draft;
  readonly editing: DraftEditing;
  readonly onClose: () => void;
  readonly onRenamed: (key: string) => void;
}

function RenameDialog({ entry, editing, onClose, onRenamed }: RenameDialogProps) {
  const [to, setTo] = useState(entry.key);
  const fault = to === entry.key ? undefined : keyProblem(to, entry.kind);
  const rename = async () => {
    const result = await editing.edit((at) => client.draft.rename({ ...at, from: entry.key, to }));
    if (!result.ok) return;
    onClose();
    onRenamed(to);
  };
  return (
    <Modal opened onClose={onClose} title={strings.renameTitle} closeButtonProps={{ 'aria-label': strings.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === undefined && to !== entry.key) void rename();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={strings.key}
            value={to}
            error={fault}
            data-autofocus
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          {editing.problem !== undefined && <ProblemPanel problem={editing.problem} />}
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>{strings.cancel}</Button>
            <Button type="submit" variant="filled" disabled={fault !== undefined || to === entry.key}>
              {strings.renameConfirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
