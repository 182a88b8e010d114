import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { WayStatus } from '../../../shared/contract/connection.ts';
import { emptyShell } from './shell/emptyShell.ts';
import { wentAway } from './shell/endText.ts';
import type { ShellSession } from './shell/shellSession.ts';

/** Opens a shell again whose device went away, as soon as the device was heard over SSH after that. */
export function useReopening(session: ShellSession | undefined, ssh: WayStatus): void {
  const end = useStore(session?.store ?? emptyShell, (state) => (state.kind === 'ended' ? state.end : undefined));
  const heardAt = ssh.kind === 'open' ? ssh.heardAt : undefined;
  useEffect(() => {
    if (session === undefined || end === undefined || heardAt === undefined) return;
    if (wentAway(end) && heardAt > end.at) void session.open();
  }, [session, end, heardAt]);
}
