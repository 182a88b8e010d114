import { CloseButton, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { LabelName } from '../../../shared/contract/metadata.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/metadata.ts';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './metadata.module.css';

interface LabelsEditorProps {
  readonly id: DeviceId;
  readonly labels: Readonly<Record<string, string>>;
  /** Why they can't be changed now. */
  readonly reason: string | undefined;
}

/** The labels of the device: what the fleet is filtered by. Each change is written at once. */
export function LabelsEditor({ id, labels, reason }: LabelsEditorProps) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const save = useMutation(
    orpc.metadata.setLabels.mutationOptions({
      onSuccess: () => {
        setName('');
        setValue('');
      },
    }),
  );
  const typed = name.trim();
  const wrong = typed !== '' && !LabelName.safeParse(typed).success;
  const add = () => {
    if (typed === '' || wrong || reason !== undefined) return;
    save.mutate({ id, labels: { ...labels, [typed]: value.trim() } });
  };
  const remove = (label: string) => {
    save.mutate({ id, labels: Object.fromEntries(Object.entries(labels).filter(([one]) => one !== label)) });
  };
  const entries = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <section className={classes.block} aria-label={strings.labels}>
      <h3 className={classes.blockTitle}>{strings.labels}</h3>
      <ul className={classes.labels}>
        {entries.length === 0 && <li className={classes.dim}>{strings.noLabels}</li>}
        {entries.map(([label, text]) => (
          <li key={label} className={classes.label}>
            <span>
              {label}
              {text !== '' && (
                <>
                  {' = '}
                  <strong>{text}</strong>
                </>
              )}
            </span>
            <CloseButton
              size="xs"
              aria-label={strings.removeLabel(label)}
              title={reason ?? strings.removeLabel(label)}
              disabled={reason !== undefined || save.isPending}
              onClick={() => remove(label)}
            />
          </li>
        ))}
      </ul>
      <form
        className={classes.labelForm}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextInput
          aria-label={strings.labelName}
          placeholder={strings.labelName}
          value={name}
          error={wrong ? strings.labelNameFault : undefined}
          disabled={reason !== undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          aria-label={strings.labelValue}
          placeholder={strings.labelValue}
          value={value}
          maxLength={200}
          disabled={reason !== undefined}
          onChange={(event) => setValue(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <GatedButton reason={reason} loading={save.isPending} onClick={add}>
          {strings.addLabel}
        </GatedButton>
      </form>
      <p className={classes.dim}>{strings.labelsHint}</p>
      {save.error !== null && <ProblemPanel problem={problemOf(save.error)} />}
    </section>
  );
}
