import { IconBell, IconBox, IconServer, IconX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { strings } from '../../strings/terminal.ts';
import type { ShellSession } from './shell/shellSession.ts';
import { closeShell, showShell } from './shells.ts';
import classes from './terminal.module.css';

/** One shell: where it is, what it calls itself, whether it rang or ended. */
export function ShellTab({ session, chosen }: { session: ShellSession; chosen: boolean }) {
  const { kind, title, rang } = useStore(session.store);
  const place = session.container ?? strings.hostShort;
  const name = title === '' ? place : title;
  const Icon = session.container === undefined ? IconServer : IconBox;
  return (
    <span className={classes.tab} data-active={chosen || undefined} data-ended={kind === 'ended' || undefined}>
      <button
        type="button"
        role="tab"
        aria-selected={chosen}
        aria-keyshortcuts="Delete"
        tabIndex={chosen ? 0 : -1}
        className={classes.tabButton}
        title={`${place} · ${name}`}
        onClick={() => {
          showShell(session);
          session.terminal.focus();
        }}
        onAuxClick={(event) => {
          if (event.button === 1) closeShell(session);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Delete') closeShell(session);
        }}
      >
        {rang && !chosen ? <IconBell size={14} aria-label={strings.bell} /> : <Icon size={14} aria-hidden />}
        <span className={classes.tabName}>{name}</span>
        {kind === 'ended' && <span className={classes.why}>{strings.ended}</span>}
      </button>
      <button
        type="button"
        // For the pointer: with the keyboard it is Delete, or the terminal's menu.
        aria-hidden
        tabIndex={-1}
        className={classes.tabClose}
        title={strings.close(name)}
        onClick={() => closeShell(session)}
      >
        <IconX size={12} aria-hidden />
      </button>
    </span>
  );
}
