import { Button, Group, Modal, Stack } from '@mantine/core';
import { type ReactNode, useContext, useEffect, useState } from 'react';
import type { KnownProblem } from '../../../../shared/contract/errors.ts';
import { pickerStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import { FolderPicker } from './FolderPicker.tsx';
import { useLastFolder } from './lastFolder.ts';
import { OverDialog } from './overDialog.ts';
import { typedPath, type Wanted, withoutEnd } from './pathText.ts';

interface PathDialogProps {
  readonly title: string;
  /** What the choice is for. */
  readonly text?: string;
  /** The verb on the button. */
  readonly confirm: string;
  readonly wanted: Wanted;
  readonly busy?: boolean;
  readonly problem?: KnownProblem | undefined;
  /** Other ways out of the problem. */
  readonly offers?: (path: string) => ReactNode;
  /** Where choosing begins; else where it ended the last time. */
  readonly begin?: string;
  readonly onChosen: (path: string) => void;
  readonly onClose: () => void;
  /** Another path than the one that failed. */
  readonly onChange?: () => void;
}

/** A dialog to choose a folder or a file with. */
export function PathDialog(props: PathDialogProps) {
  const { title, text, confirm, wanted, busy = false, problem, offers, begin, onChosen, onClose } = props;
  const [path, setPath] = useState('');
  const remember = useLastFolder((state) => state.remember);
  const tellCovered = useContext(OverDialog);
  useEffect(() => {
    tellCovered(true);
    return () => tellCovered(false);
  }, [tellCovered]);
  const isFile = wanted === 'export' || wanted === 'new-file';
  const complete = path !== '' && !(isFile && typedPath(path).name === '');
  const choose = (chosen: string) => {
    if (isFile && typedPath(chosen).name === '') return;
    remember(typedPath(withoutEnd(chosen)).folder);
    onChosen(withoutEnd(chosen));
  };
  return (
    <Modal opened onClose={onClose} size={640} title={title} closeButtonProps={{ 'aria-label': strings.close }}>
      <Stack gap="md">
        {text !== undefined && <p>{text}</p>}
        <FolderPicker
          label={strings.path}
          wanted={wanted}
          value={path}
          onChange={(next) => {
            if (path !== '') props.onChange?.();
            setPath(next);
          }}
          onSubmit={(chosen) => {
            setPath(chosen);
            choose(chosen);
          }}
          {...(begin === undefined ? {} : { begin })}
        />
        {problem !== undefined && <ProblemPanel problem={problem}>{offers?.(withoutEnd(path))}</ProblemPanel>}
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>{strings.cancel}</Button>
          <Button variant="filled" disabled={!complete} loading={busy} onClick={() => choose(path)}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
