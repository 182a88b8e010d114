import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/device.ts';

interface PassphrasePromptProps {
  /** The key file that is locked. */
  readonly path: string;
  readonly onUnlocked?: () => void;
}

/** Asks for a key file's passphrase. It goes to the backend, which keeps it in memory only. */
export function PassphrasePrompt({ path, onUnlocked }: PassphrasePromptProps) {
  const [passphrase, setPassphrase] = useState('');
  const unlock = useMutation(
    orpc.device.unlockKey.mutationOptions({
      onSuccess: () => {
        setPassphrase('');
        onUnlocked?.();
      },
    }),
  );
  // The prompt may stand inside another form: it has none of its own.
  const submit = () => unlock.mutate({ path, passphrase });
  return (
    <Stack gap="xs" w="100%">
      <Group gap="sm" align="flex-end" wrap="nowrap">
        <PasswordInput
          style={{ flex: '1 1 auto' }}
          label={strings.passphrase(path)}
          value={passphrase}
          error={unlock.error === null ? undefined : problemOf(unlock.error).what}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            submit();
          }}
          autoComplete="off"
        />
        <Button onClick={submit} loading={unlock.isPending}>
          {strings.unlock}
        </Button>
      </Group>
    </Stack>
  );
}
