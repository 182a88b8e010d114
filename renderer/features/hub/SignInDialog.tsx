import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { SecretKeeping } from '../../../shared/contract/hub.ts';
import { type KnownAccount, useHubDialog } from '../../stores/hubDialog.ts';
import { secretStrings, signInStrings, strings } from '../../strings/hub.ts';
import { accountName } from './accountWords.ts';
import { SecretsForm } from './SecretsForm.tsx';
import { SignInForm } from './SignInForm.tsx';
import { UnlockForm } from './UnlockForm.tsx';
import { useHub } from './useHub.ts';

interface SignInDialogProps {
  readonly account: KnownAccount | undefined;
  readonly onClose: () => void;
}

/** Signs in to a hub. Where nobody has decided yet where its token may be kept, that is asked first; a locked file is unlocked first. */
export function SignInDialog({ account, onClose }: SignInDialogProps) {
  const secrets = useHub().data?.secrets;
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      size={560}
      title={secrets?.kind === 'undecided' ? secretStrings.askTitle : titleOf(account)}
      closeButtonProps={{ 'aria-label': strings.close }}
    >
      {secrets !== undefined && <Steps secrets={secrets} account={account} onClose={onClose} />}
    </Modal>
  );
}

function Steps({ secrets, account, onClose }: SignInDialogProps & { readonly secrets: SecretKeeping }) {
  const open = useHubDialog((dialogs) => dialogs.open);
  // Memory that was chosen over a locked file is a decision too.
  const [ready, setReady] = useState(false);
  if (secrets.kind === 'undecided') return <SecretsForm secrets={secrets} onChosen={() => setReady(true)} onCancel={onClose} />;
  if (secrets.locked && !ready) {
    return (
      <UnlockForm
        text={secretStrings.unlockFirst}
        onUnlocked={() => setReady(true)}
        onForgotten={() => open({ kind: 'secrets' })}
        onCancel={onClose}
      />
    );
  }
  return <SignInForm account={account} onClose={onClose} />;
}

function titleOf(account: KnownAccount | undefined): string {
  return account === undefined ? signInStrings.title : signInStrings.againTitle(accountName(account));
}
