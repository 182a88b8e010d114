import { Button, Group, Textarea } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { strings } from '../../strings/signatures.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { saveBlob } from '../../ui/saveBlob.ts';
import classes from './signatures.module.css';

export interface Payload {
  readonly fileName: string;
  readonly jws: string;
  readonly signingInput: string;
}

/** What an external signer needs, to copy or to save. */
export function HandedOut({ payload }: { payload: Payload }) {
  const words = strings.elsewhere;
  const { fileName, jws, signingInput } = payload;
  return (
    <>
      <Textarea
        label={words.jws}
        value={jws}
        readOnly
        rows={3}
        spellCheck={false}
        classNames={{ input: classes.handed ?? '' }}
        rightSection={<CopyButton text={jws} label={words.copyJws} />}
      />
      <Textarea
        label={words.input}
        description={words.inputHint}
        value={signingInput}
        readOnly
        rows={2}
        spellCheck={false}
        classNames={{ input: classes.handed ?? '' }}
        rightSection={<CopyButton text={signingInput} label={words.copyInput} />}
      />
      <Group>
        <Button
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => saveBlob(new Blob([jws], { type: 'application/json' }), fileName)}
        >
          {words.save}
        </Button>
      </Group>
    </>
  );
}
