import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AppView, PvrCommand } from '../../../../shared/contract/checkout.ts';
import type { CheckoutId } from '../../../../shared/contract/ids.ts';
import { client } from '../../../rpc.ts';
import { pickerStrings } from '../../../strings/checkoutDialogs.ts';
import { commandStrings as strings } from '../../../strings/checkoutTabs.ts';
import origin from '../origin/origin.module.css';
import { OutputPanel } from '../work/OutputPanel.tsx';
import { useOwnWork } from '../work/useOwnWork.ts';
import { WorkPanel } from '../work/WorkPanel.tsx';
import { blankForm, commandOf, type PvrForm } from './pvrForm.ts';

interface PvrDialogProps {
  readonly id: CheckoutId;
  readonly kind: PvrCommand['kind'];
  /** The app that it is most likely about. */
  readonly app: string;
  readonly apps: readonly AppView[];
  readonly onClose: () => void;
}

/** Fills in a command of pvr, runs it in the checkout, and shows what it says while it says it. */
export function PvrDialog({ id, kind, app, apps, onClose }: PvrDialogProps) {
  const [form, setForm] = useState(() => blankForm(kind === 'app-add' ? '' : app));
  const own = useOwnWork();
  const command = commandOf(kind, form);
  const title = strings.titles[kind];
  const { work } = own;
  const exitCode = work?.done?.exitCode;
  // What it says has the room while it runs, and when it went well.
  const isSettled = own.running || (work?.state === 'done' && (exitCode ?? 0) === 0);
  return (
    <Modal opened onClose={onClose} size={720} title={title} closeButtonProps={{ 'aria-label': pickerStrings.close }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (command === undefined || own.running) return;
          own.start(strings.work(title), (options) => client.checkout.runPvr({ id, command }, options));
        }}
      >
        <Stack gap="md">
          <p>{strings.texts[kind]}</p>
          {!isSettled && (
            <Fields kind={kind} form={form} apps={apps} onChange={(part) => setForm((now) => ({ ...now, ...part }))} />
          )}
          {work !== undefined && <OutputPanel output={work.output} />}
          <WorkPanel own={own} closable />
          {work?.state === 'done' && <p role="status">{work.done?.text}</p>}
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>{work === undefined ? pickerStrings.cancel : pickerStrings.close}</Button>
            {(own.running || !isSettled) && (
              <Button type="submit" variant="filled" disabled={command === undefined} loading={own.running}>
                {strings.run}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface FieldsProps {
  readonly kind: PvrCommand['kind'];
  readonly form: PvrForm;
  readonly apps: readonly AppView[];
  readonly onChange: (part: Partial<PvrForm>) => void;
}

function Fields({ kind, form, apps, onChange }: FieldsProps) {
  const names = apps.map(({ name }) => name);
  const appSelect = (label: string) => (
    <Select
      allowDeselect={false}
      label={label}
      searchable
      data={names}
      value={form.name === '' ? null : form.name}
      onChange={(next) => onChange({ name: next ?? '' })}
    />
  );
  const text = (key: keyof PvrForm, label: string, description?: string) => (
    <TextInput
      label={label}
      {...(description === undefined ? {} : { description })}
      value={form[key]}
      spellCheck={false}
      onChange={(event) => onChange({ [key]: event.currentTarget.value })}
    />
  );
  switch (kind) {
    case 'app-add':
      return <AddFields form={form} onChange={onChange} text={text} />;
    case 'app-update':
      return (
        <>
          {appSelect(strings.app)}
          {text('from', strings.newFrom, strings.newFromHint)}
        </>
      );
    case 'app-install':
      return appSelect(strings.app);
    case 'dm-convert':
      return (
        <>
          {appSelect(strings.container)}
          {text('volume', strings.volumeName, strings.volumeHint)}
        </>
      );
    case 'dm-apply':
      return text('prefix', strings.prefix, strings.prefixHint);
  }
}

interface AddFieldsProps extends Pick<FieldsProps, 'form' | 'onChange'> {
  readonly text: (key: keyof PvrForm, label: string, description?: string) => React.ReactNode;
}

function AddFields({ form, onChange, text }: AddFieldsProps) {
  const choice = (key: keyof PvrForm, label: string, data: readonly string[]) => (
    <Select
      allowDeselect={false}
      label={label}
      placeholder={strings.unset}
      clearable
      data={[...data]}
      value={form[key] === '' ? null : form[key]}
      onChange={(next) => onChange({ [key]: next ?? '' })}
    />
  );
  return (
    <>
      <div className={origin.row}>
        {text('name', strings.name)}
        <Select
          label={strings.type}
          allowDeselect={false}
          data={Object.entries(strings.types).map(([value, label]) => ({ value, label }))}
          value={form.type}
          onChange={(next) => onChange({ type: next ?? 'docker' })}
        />
      </div>
      {text('from', strings.from, strings.fromHint)}
      <div className={origin.row}>
        {text('platform', strings.platform, strings.platformHint)}
        {text('group', strings.group, strings.unset)}
      </div>
      <div className={origin.row}>
        {choice('restartPolicy', strings.policy, ['system', 'container'])}
        {choice('statusGoal', strings.goal, ['MOUNTED', 'STARTED', 'READY'])}
      </div>
      <Textarea
        label={strings.volumes}
        description={strings.volumesHint}
        autosize
        minRows={2}
        maxRows={6}
        value={form.volumes}
        spellCheck={false}
        onChange={(event) => onChange({ volumes: event.currentTarget.value })}
      />
    </>
  );
}
