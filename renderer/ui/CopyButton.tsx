import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { strings } from '../strings/ui.ts';

/** The tick stays so long, in milliseconds. */
const tickFor = 1500;

/** Copies a text; `label` says which, for those who can't see the button. What came of it is shown, and told. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { copied, error, copy } = useClipboard({ timeout: tickFor });
  const said = error === null ? (copied ? strings.copied : '') : strings.notCopied;
  return (
    <>
      <ActionIcon
        aria-label={label}
        title={said === '' ? label : said}
        onClick={(event) => {
          event.stopPropagation();
          copy(text);
        }}
      >
        {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      </ActionIcon>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}
