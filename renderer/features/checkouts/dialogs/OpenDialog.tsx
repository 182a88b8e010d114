import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { paths } from '../../../routes/paths.ts';
import { orpc, problemOf } from '../../../rpc.ts';
import { openStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { PathDialog } from '../picker/PathDialog.tsx';

/** Opens a folder that pvr made. One that is none yet can be made one. */
export function OpenDialog({ onClose }: { onClose: () => void }) {
  const [, navigate] = useLocation();
  const onSuccess = ({ id }: { readonly id: string }) => {
    onClose();
    navigate(paths.checkout(id));
  };
  const open = useMutation(orpc.checkout.open.mutationOptions({ onSuccess }));
  const create = useMutation(orpc.checkout.create.mutationOptions({ onSuccess }));
  const error = create.error ?? open.error;
  const noCheckout = open.error !== null && ['NOT_FOUND', 'BAD_INPUT'].includes(problemOf(open.error).code);
  return (
    <PathDialog
      title={strings.title}
      text={strings.text}
      confirm={strings.open}
      wanted="checkout"
      busy={open.isPending || create.isPending}
      problem={error === null ? undefined : problemOf(error)}
      offers={(path) =>
        noCheckout && create.error === null && <Button onClick={() => create.mutate({ path })}>{strings.newHere}</Button>
      }
      onChange={() => {
        open.reset();
        create.reset();
      }}
      onChosen={(path) => open.mutate({ path })}
      onClose={onClose}
    />
  );
}
