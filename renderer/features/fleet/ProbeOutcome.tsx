import { Checkbox, Stack } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ProbeResult } from '../../../shared/contract/fleet.ts';
import { strings, dialogStrings as words } from '../../strings/fleet.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { PassphrasePrompt } from '../device/PassphrasePrompt.tsx';
import classes from './ProbeOutcome.module.css';
import { hostKeyToAccept } from './probe.ts';

interface ProbeOutcomeProps {
  readonly outcome: ProbeResult;
  readonly adding: boolean;
  /** The key file that SSH was tried with, if it was one. */
  readonly keyPath: string | undefined;
  readonly acceptKey: boolean;
  readonly onAcceptKey: (accept: boolean) => void;
  readonly onUnlocked: () => void;
}

function Answer({ way, children }: { way: string; children: ReactNode }) {
  return (
    <p className={classes.answer}>
      <IconCircleCheck size={16} aria-hidden />
      <span>
        <strong>{way}</strong> {children}
      </span>
    </p>
  );
}

/** What each way answered to the test, in words. */
export function ProbeOutcome({ outcome, adding, keyPath, acceptKey, onAcceptKey, onUnlocked }: ProbeOutcomeProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const { http, ssh } = outcome;
  const hostKey = hostKeyToAccept(outcome);
  return (
    <Stack gap="sm" role="status" ref={box}>
      {http.kind === 'device' && <Answer way={strings.http}>{words.httpDevice(http.containers, http.entries)}</Answer>}
      {http.kind === 'problem' && <ProblemPanel problem={http.problem} />}
      {ssh.kind === 'device' && <Answer way={strings.ssh}>{words.sshDevice(ssh.revision, ssh.board)}</Answer>}
      {ssh.kind === 'problem' && (
        <ProblemPanel problem={ssh.problem}>
          {hostKey !== undefined && adding && (
            <Checkbox label={words.accept} checked={acceptKey} onChange={(event) => onAcceptKey(event.currentTarget.checked)} />
          )}
          {ssh.problem.code === 'HOST_KEY_CHANGED' && <p>{words.changedKey}</p>}
          {ssh.problem.code === 'PASSPHRASE_NEEDED' && keyPath !== undefined && (
            <PassphrasePrompt path={keyPath} onUnlocked={onUnlocked} />
          )}
        </ProblemPanel>
      )}
    </Stack>
  );
}
