import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { paths } from '../../../routes/paths.ts';
import { orpc, problemOf } from '../../../rpc.ts';
import { newStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { PathDialog } from '../picker/PathDialog.tsx';

/** Makes an empty checkout. */
export function NewDialog({ onClose }: { onClose: () => void }) {
  const [, navigate] = useLocation();
  const create = useMutation(
    orpc.checkout.create.mutationOptions({
      onSuccess: ({ id }) => {
        onClose();
        navigate(paths.checkout(id));
      },
    }),
  );
  return (
    <PathDialog
      title={strings.title}
      text={strings.text}
      confirm={strings.create}
      wanted="new-folder"
      busy={create.isPending}
      problem={create.error === null ? undefined : problemOf(create.error)}
      onChange={() => create.reset()}
      onChosen={(path) => create.mutate({ path })}
      onClose={onClose}
    />
  );
}
