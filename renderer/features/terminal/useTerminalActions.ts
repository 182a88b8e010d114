import { spotlight } from '@mantine/spotlight';
import {
  IconArrowBarLeft,
  IconClearAll,
  IconClipboard,
  IconCommand,
  IconCopy,
  IconPlus,
  IconSearch,
  IconTextDecrease,
  IconTextIncrease,
  IconX,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { type PaletteAction, usePaletteActions } from '../../stores/palette.ts';
import { type Shortcut, useShortcuts } from '../../stores/shortcuts.ts';
import { strings } from '../../strings/terminal.ts';
import { hotkeyText } from '../../ui/hotkeyText.ts';
import { onMac } from '../../ui/onMac.ts';
import { showNotice } from '../../ui/showNotice.ts';
import { pasteKeys, terminalKeys } from './keys.ts';
import type { ShellPlace } from './places.ts';
import type { ShellSession } from './shell/shellSession.ts';
import { closeShell, newShell, stepShell } from './shells.ts';
import { changeFontSize, changeSettings, usualFontSize } from './terminalSettings.ts';

export interface TerminalActions {
  copy(): void;
  paste(): void;
  selectAll(): void;
  find(): void;
  clear(): void;
  leave(): void;
}

interface ActionsOf {
  readonly device: DeviceId;
  readonly session: ShellSession | undefined;
  readonly places: readonly ShellPlace[];
  readonly find: () => void;
  readonly leave: () => void;
  /** Takes a text that the person wants pasted. */
  readonly paste: (text: string) => void;
}

/** What can be done with the shell that is shown: by keys, in the menu and in the palette. */
export function useTerminalActions({ device, session, places, find, leave, paste }: ActionsOf): TerminalActions {
  const actions = useMemo(
    (): TerminalActions => ({
      copy: () => {
        const text = session?.terminal.getSelection() ?? '';
        if (text !== '') void navigator.clipboard.writeText(text).then(() => showNotice(strings.copied));
      },
      paste: () => {
        const read = navigator.clipboard.readText();
        read.then(paste, () => showNotice(strings.noClipboard(hotkeyText(pasteKeys, onMac))));
        session?.terminal.focus();
      },
      selectAll: () => session?.terminal.selectAll(),
      find,
      clear: () => {
        session?.terminal.clear();
        session?.terminal.focus();
      },
      leave,
    }),
    [session, find, leave, paste],
  );
  const shortcuts = useMemo(
    (): readonly Shortcut[] => [
      { keys: terminalKeys.copy, label: strings.copy, run: actions.copy, inInputs: true },
      { keys: terminalKeys.find, label: strings.find, run: actions.find, inInputs: true },
      { keys: terminalKeys.larger, label: strings.larger, run: () => changeFontSize(1), inInputs: true },
      { keys: terminalKeys.smaller, label: strings.smaller, run: () => changeFontSize(-1), inInputs: true },
      {
        keys: terminalKeys.usualSize,
        label: strings.usualSize,
        run: () => changeSettings({ fontSize: usualFontSize }),
        inInputs: true,
      },
      { keys: terminalKeys.next, label: strings.next, run: () => stepShell(device, 1), inInputs: true },
      { keys: terminalKeys.previous, label: strings.previous, run: () => stepShell(device, -1), inInputs: true },
      { keys: terminalKeys.leave, label: strings.leave, run: actions.leave, inInputs: true },
      { keys: terminalKeys.palette, label: strings.palette, run: spotlight.open, inInputs: true },
    ],
    [actions, device],
  );
  useShortcuts(strings.screen, shortcuts);
  usePaletteActions(
    'terminal',
    useMemo((): readonly PaletteAction[] => {
      const open = places
        .filter(({ reason }) => reason === undefined)
        .map(({ container }) => ({
          id: `terminal-new-${container ?? ''}`,
          label: container === undefined ? strings.newOnHost : strings.newIn(container),
          icon: IconPlus,
          run: () => void newShell(device, container),
        }));
      if (session === undefined) return open;
      return [
        ...open,
        { id: 'terminal-copy', label: strings.copy, icon: IconCopy, keys: terminalKeys.copy, run: actions.copy },
        { id: 'terminal-paste', label: strings.paste, icon: IconClipboard, keys: pasteKeys, run: actions.paste },
        { id: 'terminal-find', label: strings.find, icon: IconSearch, keys: terminalKeys.find, run: actions.find },
        { id: 'terminal-clear', label: strings.clear, icon: IconClearAll, run: actions.clear },
        { id: 'terminal-larger', label: strings.larger, icon: IconTextIncrease, run: () => changeFontSize(1) },
        { id: 'terminal-smaller', label: strings.smaller, icon: IconTextDecrease, run: () => changeFontSize(-1) },
        { id: 'terminal-leave', label: strings.leave, icon: IconArrowBarLeft, keys: terminalKeys.leave, run: actions.leave },
        { id: 'terminal-palette', label: strings.palette, icon: IconCommand, keys: terminalKeys.palette, run: spotlight.open },
        { id: 'terminal-close', label: strings.closeShell, icon: IconX, run: () => closeShell(session) },
      ];
    }, [places, session, actions, device]),
  );
  return actions;
}
