import { Button } from '@mantine/core';
import { useStore } from 'zustand';
import { connectionStore } from '../../rpc/connectionState.ts';
import { connection } from '../../rpc.ts';
import { strings } from '../../strings/shell.ts';
import classes from './ConnectionBanner.module.css';

/** A short break is nobody's business: the banner comes when two tries have failed. It lies over the screen, so nothing moves. */
const triesBeforeBanner = 2;

export function ConnectionBanner() {
  const state = useStore(connectionStore);
  if (state.kind !== 'lost' || state.attempts < triesBeforeBanner) return null;
  return (
    <div className={classes.banner} role="status">
      <strong>{strings.reconnecting}</strong>
      <span>{strings.lostTitle}</span>
      <Button size="compact-xs" onClick={() => connection.retryNow()}>
        {strings.tryNow}
      </Button>
    </div>
  );
}
