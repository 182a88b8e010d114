import { Button, Menu } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { strings } from '../../strings/terminal.ts';
import { hotkeyText } from '../../ui/hotkeyText.ts';
import { onMac } from '../../ui/onMac.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { isTerminalKey, terminalKeys } from './keys.ts';
import { endSentence, wentAway } from './shell/endText.ts';
import type { ShellSession } from './shell/shellSession.ts';
import { TerminalMenuItems } from './TerminalMenuItems.tsx';
import classes from './terminal.module.css';
import { useTerminalSettings } from './terminalSettings.ts';
import type { TerminalActions } from './useTerminalActions.ts';

interface ShellPaneProps {
  readonly session: ShellSession;
  readonly actions: TerminalActions;
  readonly onPaste: (text: string) => void;
}

/** For so long the pane shows that it rang, in milliseconds. */
const bellMs = 250;

/** The terminal itself, and below it how the shell is. */
export function ShellPane({ session, actions, onPaste }: ShellPaneProps) {
  const pane = useRef<HTMLDivElement>(null);
  const rang = useStore(session.store, (state) => state.rang);
  const copyOnSelect = useTerminalSettings((settings) => settings.copyOnSelect);

  useEffect(() => {
    const element = pane.current;
    if (element === null) return;
    session.attach(element);
    session.terminal.attachCustomKeyEventHandler((event) => !isTerminalKey(event));
    session.terminal.focus();
    session.heardBell();
    const sizes = new ResizeObserver(() => session.fit());
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [session]);

  useEffect(() => {
    if (!rang) return;
    const heard = setTimeout(() => session.heardBell(), bellMs);
    return () => clearTimeout(heard);
  }, [session, rang]);

  useEffect(() => {
    if (!copyOnSelect) return;
    const listening = session.terminal.onSelectionChange(() => {
      const text = session.terminal.getSelection();
      // A browser that wants a click first says no; the person can still copy by key.
      if (text !== '') navigator.clipboard.writeText(text).catch(() => undefined);
    });
    return () => listening.dispose();
  }, [session, copyOnSelect]);

  useEffect(() => {
    const element = pane.current;
    // Before xterm, which would take the text as it is.
    const onPasteEvent = (event: ClipboardEvent) => {
      event.preventDefault();
      event.stopPropagation();
      onPaste(event.clipboardData?.getData('text/plain') ?? '');
    };
    element?.addEventListener('paste', onPasteEvent, true);
    return () => element?.removeEventListener('paste', onPasteEvent, true);
  }, [onPaste]);

  return (
    <>
      <Menu>
        <Menu.ContextMenu>
          <section
            ref={pane}
            className={classes.pane}
            data-rang={rang || undefined}
            aria-label={strings.output(session.container ?? strings.host)}
          />
        </Menu.ContextMenu>
        <Menu.Dropdown>
          <TerminalMenuItems session={session} actions={actions} />
        </Menu.Dropdown>
      </Menu>
      <ShellFooter session={session} />
    </>
  );
}

function ShellFooter({ session }: { session: ShellSession }) {
  const { kind, end } = useStore(session.store);
  const isAway = kind === 'ended' && wentAway(end);
  return (
    <div className={classes.footer}>
      <span role="status" className={classes.status}>
        {kind === 'opening' && strings.opening}
        {kind === 'ended' && end !== undefined && (
          <>
            {endSentence(end)} {isAway ? strings.away : strings.again} <RelativeTime at={end.at} />
          </>
        )}
      </span>
      {kind === 'ended' && (
        <Button
          size="compact-xs"
          onClick={() => {
            void session.open();
            session.terminal.focus();
          }}
        >
          {strings.openAgain}
        </Button>
      )}
      <span className={classes.hint}>{strings.leaveHint(hotkeyText(terminalKeys.leave, onMac))}</span>
    </div>
  );
}
