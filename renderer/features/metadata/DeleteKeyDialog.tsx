import { useMutation } from '@tanstack/react-query';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { authorizedKeysKey } from '../../../shared/contract/metadata.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/metadata.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { MetaValueView } from './MetaValueView.tsx';
import type { MetaRow } from './userMeta.ts';

/** Asks before a key is deleted, with its value in sight: nothing brings it back. */
export function DeleteKeyDialog({ id, row, onClose }: { id: DeviceId; row: MetaRow; onClose: () => void }) {
  const remove = useMutation(orpc.metadata.delete.mutationOptions({ onSuccess: onClose }));
  return (
    <ConfirmDialog
      opened
      title={strings.removeTitle(row.key)}
      confirm={strings.removeConfirm}
      dangerous
      busy={remove.isPending}
      problem={remove.error === null ? undefined : problemOf(remove.error)}
      onConfirm={() => remove.mutate({ id, keys: [row.key] })}
      onClose={onClose}
    >
      <p>{strings.removeText}</p>
      {row.from === 'over-account' && <p>{strings.removeReveals}</p>}
      {row.key === authorizedKeysKey && <p>{strings.removeKeys}</p>}
      <MetaValueView name={row.key} value={row.value} />
    </ConfirmDialog>
  );
}
