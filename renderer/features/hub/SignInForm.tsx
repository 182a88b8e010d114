import { Button, Group, PasswordInput, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type HubAddress, HubUrl, longestSecret, type PvrSession } from '../../../shared/contract/hub.ts';
import { orpc } from '../../rpc.ts';
import { useHubAddress } from '../../stores/hubAddress.ts';
import type { KnownAccount } from '../../stores/hubDialog.ts';
import { signInStrings as strings } from '../../strings/hub.ts';
import { AddressFields } from './AddressFields.tsx';
import { BrowserWay } from './BrowserWay.tsx';
import { DialogProblem } from './DialogProblem.tsx';
import classes from './hub.module.css';
import { type AddressForm, addressOf } from './hubAddressForm.ts';
import { PvrWay } from './PvrWay.tsx';
import { useBrowserSignIn } from './useBrowserSignIn.ts';
import { useFirstFocus } from './useFirstFocus.ts';
import { useHubProbe } from './useHubProbe.ts';

interface SignInFormProps {
  readonly account: KnownAccount | undefined;
  readonly onClose: () => void;
}

const ways = ['password', 'browser', 'pvr'] as const;
type Way = (typeof ways)[number];

/** Which hub, who you are, and the three ways to prove it. What was typed stays through every error. */
export function SignInForm({ account, onClose }: SignInFormProps) {
  const remembered = useHubAddress();
  const [form, setForm] = useState<AddressForm>(() => ({
    url: account?.url ?? remembered.url,
    ca: account === undefined || account.url === remembered.url ? remembered.ca : '',
  }));
  const [certificateOpen, setCertificateOpen] = useState(form.ca !== '' || account?.hasCa === true);
  const [way, setWay] = useState<Way>('password');
  const [username, setUsername] = useState(account?.nick ?? '');
  const [password, setPassword] = useState('');
  const [checked, setChecked] = useState({ address: false, person: false });

  const first = { ref: useFirstFocus(), 'data-autofocus': true };
  const { address, errors } = addressOf(form);
  const probe = useHubProbe(address);
  const done = (used: HubAddress | undefined) => {
    if (used !== undefined) remembered.remember(used.url, used.ca ?? '');
    onClose();
  };
  const signIn = useMutation(orpc.hub.signIn.mutationOptions({ onSuccess: () => done(address) }));
  const fromPvr = useMutation(orpc.hub.signInFromPvr.mutationOptions({ onSuccess: (_, used) => done(used) }));
  const browser = useBrowserSignIn(() => done(address));

  const withAddress = (use: (address: HubAddress) => void) => {
    setChecked((before) => ({ ...before, address: true }));
    if (address !== undefined) use(address);
    else if (errors.ca !== undefined) setCertificateOpen(true);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (way === 'browser') withAddress(browser.start);
    if (way !== 'password') return;
    setChecked({ address: true, person: true });
    if (username.trim() === '' || password === '') return;
    withAddress((at) => signIn.mutate({ ...at, username: username.trim(), password }));
  };
  const takeSession = (session: PvrSession) => {
    const url = HubUrl.safeParse(session.url);
    // The certificate that was given belongs to the address that was typed.
    if (url.success) fromPvr.mutate(url.data === address?.url ? address : { url: url.data });
  };
  const choose = (chosen: string) => {
    const next = ways.find((known) => known === chosen);
    if (next === undefined) return;
    setWay(next);
    browser.stop();
    if (next === 'browser' && probe.answer === undefined && address !== undefined) probe.ask(address);
  };

  const noBrowser = probe.answer?.kind === 'hub' && !probe.answer.browserSignIn;
  const waiting = browser.state.kind === 'preparing' || browser.state.kind === 'waiting';
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <AddressFields
          form={form}
          errors={checked.address ? (errors ?? {}) : {}}
          probe={probe}
          hadCertificate={account?.hasCa === true}
          certificateOpen={certificateOpen}
          onCertificateOpen={setCertificateOpen}
          onChange={(part) => {
            setForm((before) => ({ ...before, ...part }));
            signIn.reset();
            browser.stop();
          }}
          onCheck={() => withAddress(probe.ask)}
        />
        <SegmentedControl
          aria-label={strings.way}
          fullWidth
          value={way}
          onChange={choose}
          data={ways.map((value) => ({ value, label: strings.ways[value] }))}
        />
        {way === 'password' && (
          <div className={classes.way}>
            <TextInput
              label={strings.user}
              value={username}
              error={checked.person && username.trim() === '' ? strings.userWrong : undefined}
              autoComplete="username"
              spellCheck={false}
              {...(account === undefined ? first : {})}
              onChange={(event) => {
                setUsername(event.currentTarget.value);
                signIn.reset();
              }}
            />
            <PasswordInput
              label={strings.password}
              description={strings.passwordText}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={password}
              maxLength={longestSecret}
              error={checked.person && password === '' ? strings.passwordWrong : undefined}
              autoComplete="current-password"
              {...(account === undefined ? {} : first)}
              onChange={(event) => {
                setPassword(event.currentTarget.value);
                signIn.reset();
              }}
            />
            <DialogProblem error={signIn.error} />
          </div>
        )}
        {way === 'browser' && <BrowserWay state={browser.state} missing={noBrowser} onStop={browser.stop} />}
        {way === 'pvr' && (
          <PvrWay using={fromPvr.isPending ? fromPvr.variables.url : undefined} error={fromPvr.error} onUse={takeSession} />
        )}
        <Group justify="flex-end" gap="sm" className={classes.foot ?? ''}>
          <Button onClick={onClose}>{strings.cancel}</Button>
          {way === 'password' && (
            <Button type="submit" variant="filled" loading={signIn.isPending}>
              {strings.submit}
            </Button>
          )}
          {way === 'browser' && (
            <Button type="submit" variant="filled" disabled={noBrowser || waiting}>
              {strings.browserStart}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
