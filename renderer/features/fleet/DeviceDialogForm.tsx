import { Button, Collapse, Group, Stack, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type DeviceSummary, longestDeviceName } from '../../../shared/contract/fleet.ts';
import { client, orpc, problemOf } from '../../rpc.ts';
import { dialogStrings as strings } from '../../strings/fleet.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { acceptWhenAsked } from './acceptWhenAsked.ts';
import classes from './DeviceDialogForm.module.css';
import { blankForm, connectionOf, type DeviceForm, formOf } from './deviceForm.ts';
import { ProbeOutcome } from './ProbeOutcome.tsx';
import { hostKeyToAccept, probeFoundDevice } from './probe.ts';
import { WayFields } from './WayFields.tsx';

/** How long a new device may take to ask for its host key, in milliseconds. */
const acceptWithin = 60_000;

interface DeviceDialogFormProps {
  readonly device: DeviceSummary | undefined;
  readonly onClose: () => void;
}

/** The form in the dialog: what was typed, what a test answered, and what happens on save. */
export function DeviceDialogForm({ device, onClose }: DeviceDialogFormProps) {
  const [form, setForm] = useState<DeviceForm>(() => (device === undefined ? blankForm : formOf(device.name, device.connection)));
  const [advanced, setAdvanced] = useState(false);
  const [checked, setChecked] = useState(false);
  const [acceptKey, setAcceptKey] = useState(false);
  const probe = useMutation(orpc.fleet.probe.mutationOptions());

  const parsed = connectionOf(form);
  const errors = checked && parsed.errors !== undefined ? parsed.errors : {};
  const change = (part: Partial<DeviceForm>) => {
    setForm((before) => ({ ...before, ...part }));
    setAcceptKey(false);
    probe.reset();
  };

  const save = useMutation({
    mutationFn: async (connection: NonNullable<typeof parsed.connection>) => {
      const name = form.name.trim();
      const input = { connection, ...(name === '' || device?.hub !== undefined ? {} : { name }) };
      if (device !== undefined) {
        await client.fleet.edit({ ...input, id: device.id });
        return;
      }
      const added = await client.fleet.add(input);
      const hostKey = hostKeyToAccept(probe.data);
      if (acceptKey && hostKey !== undefined) {
        // The device is there: nobody has to wait, and what does not work is asked again on its own screen.
        acceptWhenAsked(added.id, hostKey.fingerprint, AbortSignal.timeout(acceptWithin)).catch(() => undefined);
      }
    },
    onSuccess: onClose,
  });

  const withConnection = (use: (connection: NonNullable<typeof parsed.connection>) => void) => {
    setChecked(true);
    if (parsed.errors === undefined) use(parsed.connection);
    else if (parsed.errors.host === undefined) setAdvanced(true);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    withConnection((connection) => save.mutate(connection));
  };

  const Chevron = advanced ? IconChevronDown : IconChevronRight;
  const nobodyThere = probe.data !== undefined && !probeFoundDevice(probe.data);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={strings.host}
          placeholder={strings.hostPlaceholder}
          value={form.host}
          error={errors.host}
          onChange={(event) => change({ host: event.currentTarget.value })}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
        />
        {device?.hub === undefined ? (
          <TextInput
            label={strings.name}
            placeholder={strings.namePlaceholder}
            value={form.name}
            maxLength={longestDeviceName}
            onChange={(event) => setForm((before) => ({ ...before, name: event.currentTarget.value }))}
            autoComplete="off"
          />
        ) : (
          <p>{strings.nameOnHub(device.hub.account)}</p>
        )}
        <UnstyledButton
          aria-expanded={advanced}
          onClick={() => setAdvanced(!advanced)}
          style={{ display: 'inline-flex', alignItems: 'center', gap: 4, width: 'max-content' }}
        >
          <Chevron size={14} aria-hidden />
          {strings.advanced}
        </UnstyledButton>
        <Collapse expanded={advanced}>
          <WayFields form={form} errors={errors} onChange={change} />
        </Collapse>
        {probe.data !== undefined && (
          <ProbeOutcome
            outcome={probe.data}
            adding={device === undefined}
            keyPath={form.auth === 'key-file' ? form.keyFile.trim() : undefined}
            acceptKey={acceptKey}
            onAcceptKey={setAcceptKey}
            onUnlocked={() => withConnection((connection) => probe.mutate(connection))}
          />
        )}
        {probe.error !== null && <ProblemPanel problem={problemOf(probe.error)} />}
        {save.error !== null && <ProblemPanel problem={problemOf(save.error)} />}
        <Group gap="sm" className={classes.foot ?? ''}>
          <Button onClick={() => withConnection((connection) => probe.mutate(connection))} loading={probe.isPending} mr="auto">
            {strings.test}
          </Button>
          <Button onClick={onClose}>{strings.cancel}</Button>
          <Button type="submit" variant="filled" loading={save.isPending}>
            {device === undefined
              ? nobodyThere
                ? strings.addAnyway
                : strings.add
              : device.connection === null
                ? strings.addLocal
                : strings.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
