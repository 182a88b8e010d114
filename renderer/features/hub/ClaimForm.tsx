import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { HubAccount } from '../../../shared/contract/hub.ts';
import { paths } from '../../routes/paths.ts';
import { orpc } from '../../rpc.ts';
import { useHubDialog } from '../../stores/hubDialog.ts';
import { claimStrings as strings, strings as words } from '../../strings/hub.ts';
import { accountName } from './accountWords.ts';
import { ClaimableList } from './ClaimableList.tsx';
import { type ClaimForm as ClaimFields, claimOf } from './claimForm.ts';
import { DialogProblem } from './DialogProblem.tsx';
import classes from './hub.module.css';
import { useHub } from './useHub.ts';

const blank: ClaimFields = { deviceId: '', challenge: '', nick: '' };

/** Whose it becomes, which device it is, and the challenge that proves that it is at hand. */
export function ClaimForm({ onClose }: { onClose: () => void }) {
  const accounts = useHub().data?.accounts ?? [];
  const openDialog = useHubDialog((dialogs) => dialogs.open);
  const [, navigate] = useLocation();
  const [form, setForm] = useState(blank);
  const [chosen, setChosen] = useState<string>();
  const [checked, setChecked] = useState(false);
  const account = accounts.find(({ id }) => id === chosen) ?? firstOpen(accounts);
  const claim = useMutation(
    orpc.hub.claim.mutationOptions({
      onSuccess: ({ id }) => {
        onClose();
        navigate(paths.device(id));
      },
    }),
  );

  const parsed = claimOf(form);
  const errors = checked ? (parsed.errors ?? {}) : {};
  const change = (part: Partial<ClaimFields>) => {
    setForm((before) => ({ ...before, ...part }));
    claim.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (account !== undefined && parsed.claim !== undefined) claim.mutate({ ...parsed.claim, accountId: account.id });
  };

  if (account === undefined) {
    return (
      <Stack gap="md">
        <p>{strings.text}</p>
        <p>{strings.noAccount}</p>
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>{strings.cancel}</Button>
          <Button variant="filled" onClick={() => openDialog({ kind: 'sign-in' })} data-autofocus>
            {words.signInEntry}
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <p>{strings.text}</p>
        <Select
          label={strings.account}
          value={account.id}
          allowDeselect={false}
          data={accounts.map((each) => ({ value: each.id, label: accountName(each) }))}
          onChange={(id) => {
            if (id !== null) setChosen(id);
            claim.reset();
          }}
        />
        <ClaimableList account={account} filledIn={form.deviceId} onFill={change} />
        <TextInput
          label={strings.deviceId}
          value={form.deviceId}
          error={errors.deviceId}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          onChange={(event) => change({ deviceId: event.currentTarget.value })}
        />
        <TextInput
          label={strings.challenge}
          placeholder={strings.challengePlaceholder}
          value={form.challenge}
          maxLength={200}
          error={errors.challenge}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ challenge: event.currentTarget.value })}
        />
        <TextInput
          label={strings.nick}
          placeholder={strings.nickPlaceholder}
          value={form.nick}
          error={errors.nick}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ nick: event.currentTarget.value })}
        />
        <DialogProblem error={claim.error} />
        <Group justify="flex-end" gap="sm" className={classes.foot ?? ''}>
          <Button onClick={onClose}>{strings.cancel}</Button>
          <Button type="submit" variant="filled" loading={claim.isPending}>
            {strings.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function firstOpen(accounts: readonly HubAccount[]): HubAccount | undefined {
  return accounts.find(({ status }) => status.kind === 'open') ?? accounts[0];
}
