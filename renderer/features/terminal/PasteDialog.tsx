import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { strings } from '../../strings/terminal.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { pastedLines } from './shell/pasteText.ts';
import classes from './terminal.module.css';
import { changeSettings } from './terminalSettings.ts';

interface PasteDialogProps {
  /** Undefined while nothing is asked. */
  readonly text: string | undefined;
  readonly onPaste: (text: string) => void;
  readonly onClose: () => void;
}

const shownLines = 6;

/** Asks before several lines go to a shell that would run each of them. */
export function PasteDialog({ text, onPaste, onClose }: PasteDialogProps) {
  const [never, setNever] = useState(false);
  const lines = pastedLines(text ?? '');
  return (
    <ConfirmDialog
      opened={text !== undefined}
      title={strings.pasteTitle(lines.length)}
      confirm={strings.pasteConfirm}
      onConfirm={() => {
        if (never) changeSettings({ askBeforePaste: false });
        if (text !== undefined) onPaste(text);
        onClose();
      }}
      onClose={onClose}
    >
      <p>{strings.pasteText}</p>
      <pre className={classes.preview}>
        {lines.slice(0, shownLines).join('\n')}
        {lines.length > shownLines && `\n${strings.pasteMore(lines.length - shownLines)}`}
      </pre>
      <Checkbox label={strings.pasteAlways} checked={never} onChange={(event) => setNever(event.currentTarget.checked)} />
    </ConfirmDialog>
  );
}
