import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { client, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/timeline.ts';
import { showProblem } from '../../ui/ProblemNotice.tsx';

interface CopyStateProps {
  readonly deviceId: DeviceId;
  readonly revision: string;
}

/** Copies the revision's whole state as JSON, byte for byte as the device has it. */
export function CopyState({ deviceId, revision }: CopyStateProps) {
  const copy = useMutation({
    mutationFn: async () => {
      const { text } = await client.device.state({ id: deviceId, revision });
      await navigator.clipboard.writeText(text);
    },
    onError: (error) => showProblem(problemOf(error)),
  });
  return (
    <Button
      loading={copy.isPending}
      leftSection={copy.isSuccess ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      onClick={() => copy.mutate()}
    >
      {copy.isSuccess ? strings.copiedState : strings.copyState}
    </Button>
  );
}
