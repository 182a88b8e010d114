import { Button, Group, Loader } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { signInStrings as strings } from '../../strings/hub.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { DialogProblem } from './DialogProblem.tsx';
import classes from './hub.module.css';
import { type BrowserSignInState, openBeside } from './useBrowserSignIn.ts';

interface BrowserWayProps {
  readonly state: BrowserSignInState;
  /** The hub said that it has no such way. */
  readonly missing: boolean;
  readonly onStop: () => void;
}

/** Signing in on the hub's own page: what it is, and then the wait for the person there. */
export function BrowserWay({ state, missing, onStop }: BrowserWayProps) {
  return (
    <div className={classes.way}>
      <p>{missing ? strings.browserNone : strings.browserText}</p>
      <div role="status">
        {state.kind === 'preparing' && (
          <Group gap="sm">
            <Loader />
            {strings.browserPreparing}
          </Group>
        )}
        {state.kind === 'waiting' && (
          <div className={classes.waiting}>
            <Group gap="sm" wrap="nowrap">
              <Loader />
              <span>{strings.browserWaiting}</span>
            </Group>
            <div className={classes.link}>
              <code title={state.page}>{state.page}</code>
              <CopyButton text={state.page} label={strings.browserCopy} />
              <Button
                size="compact-xs"
                leftSection={<IconExternalLink size={12} aria-hidden />}
                onClick={() => openBeside(state.page)}
              >
                {strings.browserOpen}
              </Button>
            </div>
            <Button size="compact-xs" style={{ alignSelf: 'flex-start' }} onClick={onStop}>
              {strings.browserStop}
            </Button>
          </div>
        )}
      </div>
      <DialogProblem error={state.kind === 'failed' ? state.error : null} />
    </div>
  );
}
