import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/signatures.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { showNotice } from '../../ui/showNotice.ts';
import classes from './signatures.module.css';
import { reportsKey } from './useSignatures.ts';

/** Adds certificates or public keys to those who are trusted, from a file or from text. */
export function AddSigner({ onClose }: { onClose: () => void }) {
  const words = strings.trust;
  const queryClient = useQueryClient();
  const [path, setPath] = useState('');
  const [pem, setPem] = useState('');
  const [name, setName] = useState('');
  const add = useMutation(
    orpc.signature.addTrust.mutationOptions({
      onSuccess: ({ added }) => {
        showNotice(words.added(added));
        void queryClient.invalidateQueries({ queryKey: reportsKey });
        onClose();
      },
    }),
  );
  const ready = path.trim() !== '' || pem.trim() !== '';
  return (
    <Modal opened onClose={onClose} size={560} title={words.addTitle} closeButtonProps={{ 'aria-label': strings.dialog.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          add.mutate({
            ...(path.trim() !== '' ? { path: path.trim() } : { pem }),
            ...(name.trim() !== '' && { name: name.trim() }),
          });
        }}
      >
        <Stack gap="md">
          <TextInput
            label={words.path}
            description={words.pathHint}
            value={path}
            spellCheck={false}
            data-autofocus
            onChange={(event) => setPath(event.currentTarget.value)}
          />
          <Textarea
            label={words.pem}
            description={words.pemHint}
            value={pem}
            rows={5}
            spellCheck={false}
            disabled={path.trim() !== ''}
            classNames={{ input: classes.handed ?? '' }}
            onChange={(event) => setPem(event.currentTarget.value)}
          />
          <TextInput
            label={words.name}
            description={words.nameHint}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {add.error !== null && <ProblemPanel problem={problemOf(add.error)} />}
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>{strings.dialog.cancel}</Button>
            <Button type="submit" variant="filled" disabled={!ready} loading={add.isPending}>
              {words.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
