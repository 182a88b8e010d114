import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import type { SignatureScope, SignedState } from '../../../shared/contract/signature.ts';
import type { Coverage } from '../../../shared/signatures/coverage.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/signatures.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { KeyFields, type KeyPaths } from './KeyFields.tsx';
import { useLastKeys } from './lastKeys.ts';
import { ScopeFields } from './ScopeFields.tsx';
import { previewOf, type ScopeChoice, scopeOf, signableParts } from './scopes.ts';
import type { SignatureEdits } from './signatureEdits.ts';
import classes from './signatures.module.css';

interface SignDialogProps {
  readonly of: SignedState;
  readonly state: StateDocument;
  readonly coverage: Coverage;
  readonly edits: SignatureEdits;
  /** Signatures to be made again; without them a new one is chosen. */
  readonly again?: readonly string[];
  readonly onClose: () => void;
}

/** Makes signatures with a key file: of a part, of patterns, or again those that are there. */
export function SignDialog({ of, state, coverage, edits, again, onClose }: SignDialogProps) {
  const words = strings.dialog;
  const parts = useMemo(() => signableParts(state, coverage), [state, coverage]);
  const [choice, setChoice] = useState<ScopeChoice>(() => firstChoice(parts));
  const { keyPath, chainPath, remember } = useLastKeys();
  const [paths, setPaths] = useState<KeyPaths>({ keyPath, chainPath, passphrase: '' });
  const [problem, setProblem] = useState<KnownProblem>();
  const [busy, setBusy] = useState(false);
  const [warnings, setWarnings] = useState<readonly string[]>();
  const scope = scopeOf(choice);
  const preview = useMemo(() => previewOf(scope, state), [scope, state]);
  const scopes: readonly SignatureScope[] =
    again === undefined ? (scope === undefined ? [] : [scope]) : again.map((name) => ({ kind: 'again', name }));
  const ready =
    scopes.length > 0 && paths.keyPath.trim() !== '' && (again !== undefined || (preview?.ok === true && preview.covers > 0));
  const locked = problem?.code === 'PASSPHRASE_NEEDED' || paths.passphrase !== '';

  const sign = async () => {
    const key = {
      keyPath: paths.keyPath.trim(),
      ...(paths.chainPath.trim() !== '' && { chainPath: paths.chainPath.trim() }),
      ...(paths.passphrase !== '' && { passphrase: paths.passphrase }),
    };
    let told: readonly string[] = [];
    setBusy(true);
    const failed = await edits.run(strings.signed(scopes.map(nameOf)), async (version) => {
      const made = await client.signature.sign({ of, scopes: [...scopes], key, ...(version !== undefined && { version }) });
      told = made.warnings;
    });
    setBusy(false);
    setProblem(failed);
    if (failed !== undefined) return;
    remember({ keyPath: key.keyPath, chainPath: paths.chainPath.trim() });
    if (told.length === 0) onClose();
    else setWarnings(told);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={again === undefined ? words.signTitle : words.againTitle(again)}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {warnings !== undefined ? (
        <Stack gap="md">
          <p className={classes.heading}>{words.warnings}</p>
          <ul className={classes.warnings}>
            {warnings.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
          <Group justify="flex-end">
            <Button variant="filled" data-autofocus onClick={onClose}>
              {words.close}
            </Button>
          </Group>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (ready && !busy) void sign();
          }}
        >
          <Stack gap="md">
            {again === undefined ? (
              <ScopeFields value={choice} onChange={setChoice} parts={parts} preview={preview} />
            ) : (
              <p className={classes.dim}>{words.unchangedPatterns}</p>
            )}
            <KeyFields value={paths} onChange={setPaths} locked={locked} />
            {problem !== undefined && <ProblemPanel problem={problem} />}
            <Group justify="flex-end" gap="sm">
              <Button onClick={onClose}>{words.cancel}</Button>
              <Button type="submit" variant="filled" disabled={!ready} loading={busy}>
                {words.sign}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

/** The first part that is not signed yet, else the first. */
function firstChoice(parts: ReturnType<typeof signableParts>): ScopeChoice {
  const part = parts.find(({ signed }) => !signed) ?? parts[0];
  return { kind: 'part', part: part?.name ?? '', config: true, name: '', include: '', exclude: '' };
}

function nameOf(scope: SignatureScope): string {
  return scope.kind === 'part' ? scope.part : scope.name;
}
