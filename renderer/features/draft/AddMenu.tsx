import { Button, FileButton, Group, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { IconBraces, IconFilePlus, IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { keyProblem } from '../../../shared/state/keys.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { AddFilesDialog } from './AddFilesDialog.tsx';
import { type ChosenFile, folderNear } from './addFiles.ts';
import type { DraftEditing } from './useDraft.ts';

interface AddMenuProps {
  readonly next: StateDocument;
  readonly editing: DraftEditing;
  /** What is selected: new entries go near it. */
  readonly near: string | undefined;
  readonly onAdded: (key: string) => void;
}

/** Adds a JSON entry, or files from this computer. */
export function AddMenu({ next, editing, near, onAdded }: AddMenuProps) {
  const [asking, setAsking] = useState(false);
  const [files, setFiles] = useState<readonly ChosenFile[]>();
  const choose = useRef<() => void>(undefined);
  return (
    <>
      <FileButton
        multiple
        onChange={(chosen) => chosen.length > 0 && setFiles(chosen.map((file) => ({ file, path: file.name })))}
      >
        {({ onClick }) => {
          choose.current = onClick;
          return null;
        }}
      </FileButton>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button leftSection={<IconPlus size={14} aria-hidden />}>{strings.add}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconBraces size={14} aria-hidden />} onClick={() => setAsking(true)}>
            {strings.addJson}
          </Menu.Item>
          <Menu.Item leftSection={<IconFilePlus size={14} aria-hidden />} onClick={() => choose.current?.()}>
            {strings.addFiles}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <AddJsonDialog
          next={next}
          folder={folderNear(near)}
          editing={editing}
          onClose={() => setAsking(false)}
          onAdded={onAdded}
        />
      )}
      {files !== undefined && (
        <AddFilesDialog
          files={files}
          folder={folderNear(near)}
          next={next}
          editing={editing}
          onClose={() => setFiles(undefined)}
          onAdded={onAdded}
        />
      )}
    </>
  );
}

interface AddJsonDialogProps {
  readonly next: StateDocument;
  readonly folder: string;
  readonly editing: DraftEditing;
  readonly onClose: () => void;
  readonly onAdded: (key: string) => void;
}

function AddJsonDialog({ next, folder, editing, onClose, onAdded }: AddJsonDialogProps) {
  const [key, setKey] = useState(folder === '' ? '' : `${folder}/`);
  const fault = next.byKey.has(key) ? strings.keyTaken : keyProblem(key, 'json');
  const add = async () => {
    const result = await editing.edit((at) => client.draft.setJson({ ...at, key, text: '{}' }));
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
