import { ActionIcon } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** Copies a text; `label` says which, for those who can't see the button. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <ActionIcon
      aria-label={clipboard.copied ? 'Copied' : label}
      title={clipboard.copied ? 'Copied' : label}
      onClick={(event) => {
        event.stopPropagation();
        clipboard.copy(text);
      }}
    >
      {clipboard.copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
    </ActionIcon>
  );
}
