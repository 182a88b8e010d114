import { Button, Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { HostKeyQuestion } from '../../../shared/contract/errors.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/device.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Facts } from '../../ui/Facts.tsx';

interface HostKeyAnswerProps {
  readonly device: DeviceSummary;
  readonly hostKey: HostKeyQuestion;
  readonly onDone?: () => void;
}

/** First contact: one click, after the fingerprint was compared. */
export function AcceptHostKey({ device, hostKey, onDone }: HostKeyAnswerProps) {
  const trust = useMutation(orpc.device.trustHostKey.mutationOptions({ onSuccess: () => onDone?.() }));
  return (
    <>
      <Button
        variant="filled"
        loading={trust.isPending}
        onClick={() => trust.mutate({ id: device.id, fingerprint: hostKey.fingerprint })}
      >
        {strings.acceptKey}
      </Button>
      {trust.error !== null && <p>{problemOf(trust.error).what}</p>}
    </>
  );
}

/** A changed key: a deliberate answer, with both fingerprints in sight. */
export function ReplaceHostKey({ device, hostKey, onDone }: HostKeyAnswerProps) {
  const [opened, setOpened] = useState(false);
  const [sure, setSure] = useState(false);
  const trust = useMutation(
    orpc.device.trustHostKey.mutationOptions({
      onSuccess: () => {
        setOpened(false);
        onDone?.();
      },
    }),
  );
  const { pinned } = hostKey;
  return (
    <>
      <Button
        onClick={() => {
          setSure(false);
          setOpened(true);
        }}
      >
        {strings.flashedAnew}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={strings.replaceTitle(device.name)}
        confirm={strings.replaceConfirm}
        dangerous
        disabled={!sure}
        busy={trust.isPending}
        problem={trust.error === null ? undefined : problemOf(trust.error)}
        onConfirm={() =>
          trust.mutate({
            id: device.id,
            fingerprint: hostKey.fingerprint,
            ...(pinned === undefined ? {} : { replaces: pinned }),
          })
        }
      >
        <p>{strings.replaceText}</p>
        <Facts
          facts={[
            { name: strings.pinned, value: pinned !== undefined && <code>{pinned}</code> },
            { name: strings.shownNow, value: <code>{hostKey.fingerprint}</code> },
          ]}
        />
        <Checkbox label={strings.replaceSure} checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
      </ConfirmDialog>
    </>
  );
}
