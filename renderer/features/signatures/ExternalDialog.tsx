import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import type { SignatureScope, SignedState } from '../../../shared/contract/signature.ts';
import type { Coverage } from '../../../shared/signatures/coverage.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { client, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/signatures.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { HandedOut, type Payload } from './HandedOut.tsx';
import { useLastKeys } from './lastKeys.ts';
import { signableParts } from './scopes.ts';
import type { SignatureEdits } from './signatureEdits.ts';
import classes from './signatures.module.css';
import { TakeBack } from './TakeBack.tsx';

interface ExternalDialogProps {
  readonly of: SignedState;
  readonly state: StateDocument;
  readonly coverage: Coverage;
  readonly edits: SignatureEdits;
  /** The signature that was selected. */
  readonly selected: string | undefined;
  readonly onClose: () => void;
}

/** For a key that is elsewhere: hands the payload out, and takes the signed JWS back. */
export function ExternalDialog({ of, state, coverage, edits, selected, onClose }: ExternalDialogProps) {
  const words = strings.elsewhere;
  const choices = useMemo(() => choicesOf(state, coverage), [state, coverage]);
  const [chosen, setChosen] = useState(
    () => choices.find(({ name, kind }) => kind === 'again' && name === selected)?.id ?? choices[0]?.id,
  );
  const last = useLastKeys();
  const [publicPath, setPublicPath] = useState(last.publicPath);
  const [chainPath, setChainPath] = useState(last.chainPath);
  const [payload, setPayload] = useState<Payload>();
  const [problem, setProblem] = useState<KnownProblem>();
  const choice = choices.find(({ id }) => id === chosen);

  const make = async () => {
    if (choice === undefined) return;
    const scope: SignatureScope =
      choice.kind === 'again' ? { kind: 'again', name: choice.name } : { kind: 'part', part: choice.name, config: true };
    const given = {
      ...(publicPath.trim() !== '' && { publicPath: publicPath.trim() }),
      ...(chainPath.trim() !== '' && { chainPath: chainPath.trim() }),
    };
    try {
      setPayload(await client.signature.payload({ of, scope, ...given }));
      setProblem(undefined);
      last.remember({ publicPath: publicPath.trim(), chainPath: chainPath.trim() });
    } catch (error) {
      setPayload(undefined);
      setProblem(problemOf(error));
    }
  };

  return (
    <Modal opened onClose={onClose} size={640} title={words.title} closeButtonProps={{ 'aria-label': strings.dialog.close }}>
      <Stack gap="md">
        <p className={classes.dim}>{words.text}</p>
        <Select
          label={words.scope}
          data={choices.map(({ id, label }) => ({ value: id, label }))}
          value={chosen ?? null}
          onChange={(next) => {
            setChosen(next ?? undefined);
            setPayload(undefined);
          }}
          allowDeselect={false}
          searchable
        />
        <section className={classes.step} aria-label={words.handOut}>
          <h3 className={classes.heading}>{words.handOut}</h3>
          <TextInput
            label={words.public}
            description={words.publicHint}
            value={publicPath}
            spellCheck={false}
            onChange={(event) => setPublicPath(event.currentTarget.value)}
          />
          <TextInput
            label={strings.dialog.chain}
            description={strings.dialog.chainHint}
            value={chainPath}
            spellCheck={false}
            onChange={(event) => setChainPath(event.currentTarget.value)}
          />
          <Group>
            <Button
              disabled={choice === undefined || (publicPath.trim() === '' && chainPath.trim() === '')}
              onClick={() => void make()}
            >
              {words.make}
            </Button>
          </Group>
          {problem !== undefined && <ProblemPanel problem={problem} />}
          {payload !== undefined && <HandedOut payload={payload} />}
        </section>
        {choice !== undefined && <TakeBack key={choice.id} of={of} name={choice.name} edits={edits} onTaken={onClose} />}
      </Stack>
    </Modal>
  );
}

interface Choice {
  readonly id: string;
  readonly kind: 'again' | 'part';
  readonly name: string;
  readonly label: string;
}

/** The signatures that are there, and the parts that have none. */
function choicesOf(state: StateDocument, coverage: Coverage): readonly Choice[] {
  const words = strings.elsewhere;
  const there = coverage.signatures.filter(({ read }) => read.ok);
  return [
    ...there.map(({ name }): Choice => ({ id: `again ${name}`, kind: 'again', name, label: words.againOf(name) })),
    ...signableParts(state, coverage)
      .filter(({ signed }) => !signed)
      .map(({ name }): Choice => ({ id: `part ${name}`, kind: 'part', name, label: words.partOf(name) })),
  ];
}
