import { PasswordInput, TextInput } from '@mantine/core';
import { strings } from '../../strings/signatures.ts';

/** Where the key and its certificates are, as they are typed. */
export interface KeyPaths {
  readonly keyPath: string;
  readonly chainPath: string;
  readonly passphrase: string;
}

interface KeyFieldsProps {
  readonly value: KeyPaths;
  readonly onChange: (value: KeyPaths) => void;
  /** The key turned out to be encrypted. */
  readonly locked: boolean;
}

/** The key to sign with: two paths, and the passphrase only when it is needed. */
export function KeyFields({ value, onChange, locked }: KeyFieldsProps) {
  return (
    <>
      <TextInput
        label={strings.dialog.key}
        description={strings.dialog.keyHint}
        value={value.keyPath}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange({ ...value, keyPath: event.currentTarget.value })}
      />
      <TextInput
        label={strings.dialog.chain}
        description={strings.dialog.chainHint}
        value={value.chainPath}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange({ ...value, chainPath: event.currentTarget.value })}
      />
      {locked && (
        <PasswordInput
          label={strings.dialog.passphrase}
          description={strings.dialog.passphraseHint}
          value={value.passphrase}
          autoComplete="off"
          data-autofocus
          autoFocus
          onChange={(event) => onChange({ ...value, passphrase: event.currentTarget.value })}
        />
      )}
    </>
  );
}
