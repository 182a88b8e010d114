import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { StateDocument } from '../../../shared/state/state.ts';
import { sendFile } from '../../rpc/sendFile.ts';
import { client } from '../../rpc.ts';
import { DataSize } from '../../ui/DataSize.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { type ChosenFile, planFiles } from './addFiles.ts';
import classes from './draft.module.css';
import { strings } from './strings.ts';
import type { DraftEditing } from './useDraft.ts';

interface AddFilesDialogProps {
  readonly files: readonly ChosenFile[];
  readonly folder: string;
  readonly next: StateDocument;
  readonly editing: DraftEditing;
  readonly onClose: () => void;
  readonly onAdded: (key: string) => void;
}

/** Shows where chosen files go and what they replace before they are added. */
export function AddFilesDialog({ files, folder, next, editing, onClose, onAdded }: AddFilesDialogProps) {
  const [into, setInto] = useState(folder);
  const [jsonAsObject, setJsonAsObject] = useState(false);
  const [done, setDone] = useState<number>();
  const [sent, setSent] = useState(0);
  const stop = useRef(new AbortController());
  const close = () => {
    stop.current.abort();
    onClose();
  };
  const plan = useMemo(() => planFiles(files, into, jsonAsObject, next), [files, into, jsonAsObject, next]);
  const faults = plan.filter((one) => one.fault !== undefined);
  const add = async () => {
    for (const [index, one] of plan.entries()) {
      setDone(index);
      setSent(0);
      const result = await editing.edit(async (at) => {
        const fileId = await sendFile(one.file, setSent, stop.current.signal);
        return client.draft.setFile({ ...at, key: one.key, fileId, asObject: one.becomes === 'object' });
      });
      if (!result.ok) {
        setDone(undefined);
        return;
      }
    }
    onClose();
    const first = plan[0];
    if (first !== undefined) onAdded(first.key);
  };
  return (
    <Modal
      opened
      onClose={close}
      title={strings.filesTitle(files.length)}
      size="lg"
      closeButtonProps={{ 'aria-label': strings.close }}
    >
      <Stack gap="md">
        <TextInput
          label={strings.filesInto}
          description={strings.filesIntoHint}
          value={into}
          data-autofocus
          onChange={(event) => setInto(event.currentTarget.value)}
        />
        {files.some((one) => one.path.endsWith('.json')) && (
          <Checkbox
            label={strings.jsonAsObject}
            checked={jsonAsObject}
            onChange={(event) => setJsonAsObject(event.currentTarget.checked)}
          />
        )}
        <div className={classes.fileTable}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{strings.key}</th>
                <th scope="col">{strings.becomes}</th>
                <th scope="col" className={classes.number}>
                  {strings.size}
                </th>
              </tr>
            </thead>
            <tbody>
              {plan.map((one, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same key may be there twice, which is what is shown
                <tr key={index}>
                  <th scope="row">
                    <code>{one.key}</code>
                    {one.fault !== undefined && <p className={classes.fault}>{one.fault}</p>}
                  </th>
                  <td>
                    {one.becomes === 'json' ? strings.asJson : strings.asObject},{' '}
                    {one.replaces ? strings.replaces : strings.isNew}
                  </td>
                  <td className={classes.number}>
                    <DataSize bytes={one.file.size} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {editing.problem !== undefined && <ProblemPanel problem={editing.problem} />}
        <Group justify="flex-end" gap="sm">
          {done !== undefined && (
            <span role="status">
              {strings.adding(done + 1, plan.length)} <DataSize bytes={sent} />
            </span>
          )}
          <Button onClick={close}>{strings.cancel}</Button>
          <Button variant="filled" disabled={faults.length > 0} loading={done !== undefined} onClick={() => void add()}>
            {strings.addConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
