import { Button, FileButton, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { keyProblem } from '../../../shared/state/keys.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { AddFilesDialog } from './AddFilesDialog.tsx';
import type { ChosenFile } from './addFiles.ts';
import type { TreeEntry } from './tree.ts';
import type { DraftEditing } from './useDraft.ts';

interface EntryActionsProps {
  readonly entry: TreeEntry;
  readonly next: StateDocument;
  readonly editing: DraftEditing;
  readonly onSelect: (key: string | undefined) => void;
}

/** What can be done with an entry as a whole. */
export function EntryActions({ entry, next, editing, onSelect }: EntryActionsProps) {
  const [renaming, setRenaming] = useState(false);
  const [chosen, setChosen] = useState<readonly ChosenFile[]>();
  const gone = entry.change === 'removed';
  const replace = (file: File | null) => {
    if (file !== null) setChosen([{ file, path: nameOf(entry.key) }]);
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
      {chosen !== undefined && (
        <AddFilesDialog
          files={chosen}
          folder={entry.key.slice(0, -nameOf(entry.key).length)}
          replaces={entry.key}
          next={next}
          editing={editing}
          onClose={() => setChosen(undefined)}
          onAdded={onSelect}
        />
      )}
      {renaming && <RenameDialog entry={entry} editing={editing} onClose={() => setRenaming(false)} onRenamed={onSelect} />}
    </Group>
  );
}

/** The last segment of a key. */
function nameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

interface RenameDialogProps {
  readonly entry: TreeEntry;
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
