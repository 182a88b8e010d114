import { Button, Group, Text } from '@mantine/core';
import { strings } from '../strings/ui.ts';
import { hotkeyText } from './hotkeyText.ts';
import { onMac } from './onMac.ts';

/** The keys that take back what the newest message offers, wherever the focus is. */
export const undoKeys = 'alt+Z';

/** What was done, and the button that takes it back. */
export function UndoNotice({ text, undo }: { text: string; undo: () => void }) {
  return (
    <Group gap="sm" justify="space-between" wrap="nowrap">
      <Text component="span" size="sm">
        {text}
      </Text>
      <Button size="compact-xs" onClick={undo} title={hotkeyText(undoKeys, onMac)} style={{ flex: 'none' }}>
        {strings.undo}
      </Button>
    </Group>
  );
}
