import { IconAlertOctagon } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { RevisionName } from '../../../shared/state/ids.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/timeline.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { showNotice } from '../../ui/showNotice.ts';

interface MarkWontgoProps {
  readonly deviceId: DeviceId;
  readonly revision: RevisionName;
  /** Why the hub does not take it now. */
  readonly reason: string | undefined;
}

/** Gives up a revision on the hub while the device is at it. The device may still report something else over it. */
export function MarkWontgo({ deviceId, revision, reason }: MarkWontgoProps) {
  const [asking, setAsking] = useState(false);
  const mark = useMutation(
    orpc.update.markWontgo.mutationOptions({
      onSuccess: () => {
        setAsking(false);
        showNotice(strings.markedWontgo(revision));
      },
    }),
  );
  return (
    <>
      <GatedButton reason={reason} leftSection={<IconAlertOctagon size={14} aria-hidden />} onClick={() => setAsking(true)}>
        {strings.wontgoButton}
      </GatedButton>
      <ConfirmDialog
        opened={asking}
        title={strings.wontgoTitle(revision)}
        confirm={strings.wontgoConfirm}
        dangerous
        busy={mark.isPending}
        problem={mark.error === null ? undefined : problemOf(mark.error)}
        onConfirm={() => mark.mutate({ deviceId, revision })}
        onClose={() => {
          mark.reset();
          setAsking(false);
        }}
      >
        <p>{strings.wontgoText}</p>
        <p>{strings.wontgoWarning}</p>
      </ConfirmDialog>
    </>
  );
}
