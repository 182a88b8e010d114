import { spotlight } from '@mantine/spotlight';
import { useEffect, useMemo } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { useHelpSheet } from '../../stores/helpSheet.ts';
import { type Shortcut, useShortcuts } from '../../stores/shortcuts.ts';
import { strings } from '../../strings/shell.ts';
import { undoNewest } from '../../ui/showNotice.ts';
import { undoKeys } from '../../ui/UndoNotice.tsx';
import { backKeys, forwardKeys } from './globalKeys.ts';

/** The keys that go on every screen, and what the desktop program's menu asks for. */
export function GlobalKeys() {
  const [, navigate] = useLocation();
  const openHelp = useHelpSheet((sheet) => sheet.open);
  useShortcuts(
    strings.everywhere,
    useMemo(
      (): readonly Shortcut[] => [
        { keys: 'mod+K', label: strings.openPalette, run: spotlight.open },
        { keys: '?', label: strings.help, run: openHelp },
        { keys: 'g f', label: strings.goFleet, run: () => navigate(paths.fleet()) },
        { keys: 'g c', label: strings.goCheckouts, run: () => navigate(paths.checkouts()) },
        { keys: 'g p', label: strings.goPolicies, run: () => navigate(paths.policies()) },
        { keys: 'g a', label: strings.goActivity, run: () => navigate(paths.activity()) },
        { keys: 'g s', label: strings.goSettings, run: () => navigate(paths.settings()) },
        { keys: 'mod+,', label: strings.goSettings, run: () => navigate(paths.settings()) },
        { keys: backKeys, label: strings.back, run: () => history.back() },
        { keys: forwardKeys, label: strings.forward, run: () => history.forward() },
        { keys: undoKeys, label: strings.undoNewest, run: undoNewest },
      ],
      [navigate, openHelp],
    ),
  );

  useEffect(() => {
    const acts = { palette: spotlight.open, help: openHelp, back: () => history.back(), forward: () => history.forward() };
    const onMessage = ({ source, data }: MessageEvent<unknown>) => {
      const act = source === window ? askedFor(data) : undefined;
      if (act === 'palette' || act === 'help' || act === 'back' || act === 'forward') acts[act]();
    };
    window.addEventListener('message', onMessage);
    return () => window.removeEventListener('message', onMessage);
  }, [openHelp]);
  return null;
}

/** The preload script's word for a menu item (electron/main/channels.ts). */
function askedFor(data: unknown): unknown {
  const message = typeof data === 'object' && data !== null && 'type' in data && data.type === 'trailboss:act' ? data : undefined;
  return message !== undefined && 'act' in message ? message.act : undefined;
}
