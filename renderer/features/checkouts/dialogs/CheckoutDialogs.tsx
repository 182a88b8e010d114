import { useCheckoutDialog } from '../../../stores/checkoutDialog.ts';
import { CloneDialog } from './CloneDialog.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { FastCopyDialog } from './FastCopyDialog.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { NewDialog } from './NewDialog.tsx';
import { OpenDialog } from './OpenDialog.tsx';
import { PostDialog } from './PostDialog.tsx';

/** The dialogs about pvr checkouts, over whatever screen is shown. */
export function CheckoutDialogs() {
  const { dialog, close } = useCheckoutDialog();
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'open':
      return <OpenDialog onClose={close} />;
    case 'new':
      return <NewDialog onClose={close} />;
    case 'clone':
      return <CloneDialog from={dialog.from} onClose={close} />;
    case 'export':
      return <ExportDialog id={dialog.id} onClose={close} />;
    case 'import':
      return <ImportDialog id={dialog.id} onClose={close} />;
    case 'post':
      return <PostDialog id={dialog.id} onClose={close} />;
    case 'fast-copy':
      return <FastCopyDialog from={dialog.from} onClose={close} />;
  }
}
