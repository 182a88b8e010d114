import { Button, FileButton, Group } from '@mantine/core';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import type { OpenDialog } from './DraftDialogs.tsx';
import type { TreeEntry } from './tree.ts';
import type { DraftEditing } from './useDraft.ts';

interface EntryActionsProps {
  readonly entry: TreeEntry;
  readonly editing: DraftEditing;
  readonly onDialog: (dialog: OpenDialog) => void;
  readonly onRemove: (key: string) => void;
}

/** What can be done with an entry as a whole. */
export function EntryActions({ entry, editing, onDialog, onRemove }: EntryActionsProps) {
  const { key } = entry;
  return (
    <Group gap="xs">
      {(entry.change !== 'same' || entry.unfinished) && (
        <Button size="compact-xs" onClick={() => void editing.edit((at) => client.draft.revert({ ...at, keys: [key] }))}>
          {strings.revert}
        </Button>
      )}
      {entry.change !== 'removed' && (
        <>
          <FileButton onChange={(file) => file !== null && onDialog({ kind: 'replace', file, key })}>
            {(props) => (
              <Button size="compact-xs" {...props}>
                {strings.replace}
              </Button>
            )}
          </FileButton>
          <Button size="compact-xs" onClick={() => onDialog({ kind: 'rename', key })}>
            {strings.rename}
          </Button>
          <Button size="compact-xs" onClick={() => onRemove(key)}>
            {strings.remove}
          </Button>
        </>
      )}
    </Group>
  );
}
