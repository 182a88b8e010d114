import { Button, Group, PasswordInput, Radio, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type SecretChoice, type SecretKeeping, shortestPassphrase } from '../../../shared/contract/hub.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { secretStrings as strings } from '../../strings/hub.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './hub.module.css';
import { passphraseStrength } from './passphrase.ts';

interface SecretsFormProps {
  readonly secrets: SecretKeeping;
  readonly onChosen: () => void;
  readonly onCancel: () => void;
}

type Kind = SecretChoice['kind'];

const kinds: readonly Kind[] = ['keyring', 'memory', 'passphrase'];
const isKind = (kind: string): kind is Kind => kinds.some((known) => known === kind);

/** Where secrets may be kept: the person decides, and is told what each choice means. */
export function SecretsForm({ secrets, onChosen, onCancel }: SecretsFormProps) {
  const [kind, setKind] = useState<Kind>(() => firstChoice(secrets));
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [checked, setChecked] = useState(false);
  const choose = useMutation(orpc.hub.chooseSecrets.mutationOptions({ onSuccess: onChosen }));

  const strength = passphraseStrength(passphrase);
  const short = checked && strength === 'short' ? strings.tooShort(shortestPassphrase) : undefined;
  const differs = checked && passphrase !== again ? strings.differs : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (kind !== 'passphrase') choose.mutate({ kind });
    else if (strength !== 'short' && passphrase === again) choose.mutate({ kind, passphrase });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <p>{strings.why}</p>
        {!secrets.keyringAvailable && <p>{strings.noKeyring(secrets.keyringReason)}</p>}
        {secrets.locked && <p>{strings.lockedNote}</p>}
        <Radio.Group
          aria-label={strings.title}
          value={kind}
          onChange={(chosen) => {
            if (isKind(chosen)) setKind(chosen);
          }}
        >
          <Stack gap="sm">
            {secrets.keyringAvailable && (
              <Radio value="keyring" label={strings.keyring} description={strings.keyringText} data-autofocus />
            )}
            <Radio value="passphrase" label={strings.passphrase} description={strings.passphraseText} />
            {kind === 'passphrase' && (
              <div className={classes.passphrase}>
                <PasswordInput
                  label={strings.passphraseField}
                  value={passphrase}
                  error={short}
                  autoComplete="new-password"
                  onChange={(event) => setPassphrase(event.currentTarget.value)}
                />
                <PasswordInput
                  label={strings.repeat}
                  value={again}
                  error={differs}
                  autoComplete="new-password"
                  onChange={(event) => setAgain(event.currentTarget.value)}
                />
                <p className={classes.dim} role="status">
                  {passphrase !== '' && (
                    <>
                      {strings.strengthLabel} <strong>{strings.strength[strength]}</strong>.{' '}
                    </>
                  )}
                  {strings.forgotten}
                </p>
              </div>
            )}
            <Radio value="memory" label={strings.memory} description={strings.memoryText} />
          </Stack>
        </Radio.Group>
        {choose.error !== null && <ProblemPanel problem={problemOf(choose.error)} />}
        <Group justify="flex-end" gap="sm">
          <Button onClick={onCancel}>{strings.cancel}</Button>
          <Button type="submit" variant="filled" loading={choose.isPending}>
            {strings.choose}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function firstChoice({ kind, keyringAvailable }: SecretKeeping): Kind {
  if (kind !== 'undecided') return kind;
  return keyringAvailable ? 'keyring' : 'passphrase';
}
