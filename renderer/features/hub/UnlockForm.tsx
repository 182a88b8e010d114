import { Anchor, Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { longestSecret } from '../../../shared/contract/hub.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { secretStrings as strings } from '../../strings/hub.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';

interface UnlockFormProps {
  readonly text: string;
  readonly onUnlocked: () => void;
  readonly onForgotten: () => void;
  readonly onCancel: () => void;
}

/** Asks for the passphrase of the file that secrets are kept in. It goes to the backend and is not kept here. */
export function UnlockForm({ text, onUnlocked, onForgotten, onCancel }: UnlockFormProps) {
  const [passphrase, setPassphrase] = useState('');
  const unlock = useMutation(orpc.hub.unlockSecrets.mutationOptions({ onSuccess: onUnlocked }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== '') unlock.mutate({ passphrase });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <p>{text}</p>
        <PasswordInput
          label={strings.passphraseField}
          value={passphrase}
          maxLength={longestSecret}
          autoComplete="current-password"
          data-autofocus
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        {unlock.error !== null && <ProblemPanel problem={problemOf(unlock.error)} />}
        <Group gap="sm">
          <Anchor component="button" type="button" size="sm" underline="always" mr="auto" onClick={onForgotten}>
            {strings.forgot}
          </Anchor>
          <Button onClick={onCancel}>{strings.cancel}</Button>
          <Button type="submit" variant="filled" loading={unlock.isPending}>
            {strings.unlock}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
