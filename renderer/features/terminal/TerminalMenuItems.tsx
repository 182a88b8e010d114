import { Menu } from '@mantine/core';
import {
  IconClearAll,
  IconClipboard,
  IconCopy,
  IconSearch,
  IconSelectAll,
  IconTextDecrease,
  IconTextIncrease,
  IconX,
} from '@tabler/icons-react';
import { strings } from '../../strings/terminal.ts';
import { Keys } from '../../ui/Keys.tsx';
import { pasteKeys, terminalKeys } from './keys.ts';
import type { ShellSession } from './shell/shellSession.ts';
import { closeShell } from './shells.ts';
import { changeFontSize, changeSettings, useTerminalSettings } from './terminalSettings.ts';
import type { TerminalActions } from './useTerminalActions.ts';

/** What a terminal can do, for its menu and its context menu. */
export function TerminalMenuItems({ session, actions }: { session: ShellSession; actions: TerminalActions }) {
  const { copyOnSelect, screenReader, askBeforePaste } = useTerminalSettings();
  return (
    <>
      <Menu.Item
        leftSection={<IconCopy size={14} aria-hidden />}
        rightSection={<Keys keys={terminalKeys.copy} />}
        disabled={!session.terminal.hasSelection()}
        onClick={actions.copy}
      >
        {strings.copy}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconClipboard size={14} aria-hidden />}
        rightSection={<Keys keys={pasteKeys} />}
        onClick={actions.paste}
      >
        {strings.paste}
      </Menu.Item>
      <Menu.Item leftSection={<IconSelectAll size={14} aria-hidden />} onClick={actions.selectAll}>
        {strings.selectAll}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={<Keys keys={terminalKeys.find} />}
        onClick={actions.find}
      >
        {strings.find}
      </Menu.Item>
      <Menu.Item leftSection={<IconClearAll size={14} aria-hidden />} onClick={actions.clear}>
        {strings.clear}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconTextIncrease size={14} aria-hidden />}
        rightSection={<Keys keys={terminalKeys.larger} />}
        closeMenuOnClick={false}
        onClick={() => changeFontSize(1)}
      >
        {strings.larger}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconTextDecrease size={14} aria-hidden />}
        rightSection={<Keys keys={terminalKeys.smaller} />}
        closeMenuOnClick={false}
        onClick={() => changeFontSize(-1)}
      >
        {strings.smaller}
      </Menu.Item>
      <Menu.Divider />
      <Menu.CheckboxItem checked={copyOnSelect} onChange={(on) => changeSettings({ copyOnSelect: on })}>
        {strings.copyOnSelect}
      </Menu.CheckboxItem>
      <Menu.CheckboxItem checked={askBeforePaste} onChange={(on) => changeSettings({ askBeforePaste: on })}>
        {strings.askPaste}
      </Menu.CheckboxItem>
      <Menu.CheckboxItem checked={screenReader} onChange={(on) => changeSettings({ screenReader: on })}>
        {strings.screenReader}
      </Menu.CheckboxItem>
      <Menu.Divider />
      <Menu.Item leftSection={<IconX size={14} aria-hidden />} onClick={() => closeShell(session)}>
        {strings.closeShell}
      </Menu.Item>
    </>
  );
}
