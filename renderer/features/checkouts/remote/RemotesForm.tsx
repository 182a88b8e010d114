import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CheckoutView, Remotes } from '../../../../shared/contract/checkout.ts';
import { orpc, problemOf } from '../../../rpc.ts';
import { remoteStrings as strings } from '../../../strings/checkoutTabs.ts';
import { GatedButton } from '../../../ui/GatedButton.tsx';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import { showNotice } from '../../../ui/showNotice.ts';
import { whyNoWrite } from '../reasons.ts';
import classes from './remote.module.css';

const refs = ['get', 'put', 'post'] as const;

/** Where pvr gets from, puts to and posts to by itself. */
export function RemotesForm({ view }: { view: CheckoutView }) {
  const [typed, setTyped] = useState<Partial<Remotes>>({});
  const save = useMutation(
    orpc.checkout.setRemotes.mutationOptions({
      onSuccess: () => {
        setTyped({});
        showNotice(strings.saved);
      },
    }),
  );
  const remotes: Remotes = { ...view.remotes, ...typed };
  const dirty = refs.some((ref) => remotes[ref] !== view.remotes[ref]);
  return (
    <form
      className={classes.section}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (dirty) save.mutate({ id: view.id, remotes });
      }}
    >
      <h2 className={classes.heading}>{strings.title}</h2>
      <p className={classes.dim}>{strings.text}</p>
      {refs.map((ref) => (
        <TextInput
          key={ref}
          className={classes.url ?? ''}
          label={strings[ref]}
          value={remotes[ref]}
          spellCheck={false}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setTyped((now) => ({ ...now, [ref]: value }));
          }}
        />
      ))}
      {save.error !== null && <ProblemPanel problem={problemOf(save.error)} />}
      {dirty && (
        <div className={classes.buttons}>
          <GatedButton
            variant="filled"
            reason={whyNoWrite(view)}
            loading={save.isPending}
            onClick={() => save.mutate({ id: view.id, remotes })}
          >
            {strings.save}
          </GatedButton>
          <Button onClick={() => setTyped({})}>{strings.revert}</Button>
        </div>
      )}
    </form>
  );
}
