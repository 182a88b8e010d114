import { Button, FileButton, Group, Textarea } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import type { SignedState } from '../../../shared/contract/signature.ts';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/signatures.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import type { SignatureEdits } from './signatureEdits.ts';
import classes from './signatures.module.css';

interface TakeBackProps {
  readonly of: SignedState;
  readonly name: string;
  readonly edits: SignatureEdits;
  readonly onTaken: () => void;
}

/** Larger than any signature with its payload, in bytes. */
const maxFile = 10_000_000;

/** Takes the signature that somebody else made; the backend verifies it first. */
export function TakeBack({ of, name, edits, onTaken }: TakeBackProps) {
  const words = strings.elsewhere;
  const [jws, setJws] = useState('');
  const [problem, setProblem] = useState<KnownProblem>();
  const [busy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    const failed = await edits.run(strings.taken(name), (version) =>
      client.signature.takeSignature({ of, name, jws, ...(version !== undefined && { version }) }),
    );
    setBusy(false);
    setProblem(failed);
    if (failed === undefined) onTaken();
  };
  return (
    <section className={classes.step} aria-label={words.takeBack}>
      <h3 className={classes.heading}>{words.takeBack}</h3>
      <Textarea
        label={words.paste}
        description={words.pasteHint}
        value={jws}
        rows={4}
        spellCheck={false}
        classNames={{ input: classes.handed ?? '' }}
        onChange={(event) => setJws(event.currentTarget.value)}
      />
      <p className={classes.dim}>{words.sentence}</p>
      {problem !== undefined && <ProblemPanel problem={problem} />}
      <Group justify="space-between" gap="sm">
        <FileButton
          accept=".json,.jws,application/json"
          onChange={(file) => {
            if (file !== null && file.size <= maxFile) void file.text().then(setJws);
          }}
        >
          {(open) => (
            <Button {...open} leftSection={<IconFolderOpen size={14} aria-hidden />}>
              {words.open}
            </Button>
          )}
        </FileButton>
        <Button variant="filled" disabled={jws.trim() === ''} loading={busy} onClick={() => void take()}>
          {words.take}
        </Button>
      </Group>
    </section>
  );
}
