import { Modal } from '@mantine/core';
import { useHubDialog } from '../../stores/hubDialog.ts';
import { secretStrings, strings } from '../../strings/hub.ts';
import { ClaimDialog } from './ClaimDialog.tsx';
import { SecretsForm } from './SecretsForm.tsx';
import { SignInDialog } from './SignInDialog.tsx';
import { SignOutDialog } from './SignOutDialog.tsx';
import { UnlockForm } from './UnlockForm.tsx';
import { useHub } from './useHub.ts';

/** The dialogs about hub accounts, over whatever screen is shown. */
export function HubDialogs() {
  const { dialog, open, close } = useHubDialog();
  const secrets = useHub().data?.secrets;
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'sign-in':
      return <SignInDialog account={dialog.account} onClose={close} />;
    case 'sign-out':
      return <SignOutDialog accountId={dialog.accountId} onClose={close} />;
    case 'claim':
      return <ClaimDialog onClose={close} />;
    case 'secrets':
      return (
        <Modal
          key="secrets"
          opened
          onClose={close}
          size={560}
          title={secretStrings.title}
          closeButtonProps={{ 'aria-label': strings.close }}
        >
          {secrets !== undefined && <SecretsForm secrets={secrets} onChosen={close} onCancel={close} />}
        </Modal>
      );
    case 'unlock':
      return (
        <Modal
          key="unlock"
          opened
          onClose={close}
          size={440}
          title={secretStrings.unlockTitle}
          closeButtonProps={{ 'aria-label': strings.close }}
        >
          <UnlockForm
            text={secretStrings.unlockText}
            onUnlocked={close}
            onForgotten={() => open({ kind: 'secrets' })}
            onCancel={close}
          />
        </Modal>
      );
  }
}
