import type { CheckoutId } from '../../../../shared/contract/ids.ts';
import { client } from '../../../rpc.ts';
import { importStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { PathDialog } from '../picker/PathDialog.tsx';
import { useCheckout } from '../useCheckout.ts';
import { useCheckoutActs } from '../useCheckoutActs.ts';

/** Takes an export's state for the committed one, and checks it out. What that overwrites can be brought back. */
export function ImportDialog({ id, onClose }: { id: CheckoutId; onClose: () => void }) {
  const view = useCheckout(id).data;
  const acts = useCheckoutActs(id);
  return (
    <PathDialog
      title={strings.title(view?.name ?? '')}
      text={strings.text}
      confirm={strings.import}
      wanted="export"
      onChosen={(path) => {
        onClose();
        acts.withUndo(strings.work(path), (options) => client.checkout.importFrom({ id, path }, options));
      }}
      onClose={onClose}
    />
  );
}
