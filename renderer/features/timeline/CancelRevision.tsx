import { Button } from '@mantine/core';
import { IconCircleOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { RevisionName } from '../../../shared/state/ids.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/timeline.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { showNotice } from '../../ui/showNotice.ts';

interface CancelRevisionProps {
  readonly deviceId: DeviceId;
  readonly revision: RevisionName;
  readonly compact?: boolean;
  readonly onDone?: () => void;
}

/** Takes back a revision that waits on the hub and that the device has not begun. */
export function CancelRevision({ deviceId, revision, compact = false, onDone }: CancelRevisionProps) {
  const [asking, setAsking] = useState(false);
  const cancel = useMutation(
    orpc.update.cancelRevision.mutationOptions({
      onSuccess: () => {
        setAsking(false);
        showNotice(strings.cancelled(revision));
        onDone?.();
      },
    }),
  );
  return (
    <>
      <Button
        size={compact ? 'compact-xs' : 'xs'}
        leftSection={<IconCircleOff size={14} aria-hidden />}
        aria-label={strings.cancelRevision(revision)}
        onClick={() => setAsking(true)}
      >
        {strings.cancelButton}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={strings.cancelTitle(revision)}
        confirm={strings.cancelConfirm}
        dangerous
        busy={cancel.isPending}
        problem={cancel.error === null ? undefined : problemOf(cancel.error)}
        onConfirm={() => cancel.mutate({ deviceId, revision })}
        onClose={() => {
          cancel.reset();
          setAsking(false);
        }}
      >
        <p>{strings.cancelText}</p>
      </ConfirmDialog>
    </>
  );
}
