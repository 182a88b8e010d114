import { ActionIcon, Button, Group, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { dialogStrings, hubDeviceStrings as strings } from '../../strings/fleet.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './LabelsForm.module.css';
import { type LabelRow, labelsOf, longestLabelValue, rowsOf } from './labelsForm.ts';

/** The labels as rows of name and value. */
export function LabelsForm({ device, onClose }: { device: DeviceSummary; onClose: () => void }) {
  const [rows, setRows] = useState<readonly LabelRow[]>(() => [...rowsOf(device.labels), { key: -1, name: '', value: '' }]);
  const [checked, setChecked] = useState(false);
  const nextKey = useRef(-1);
  const save = useMutation(orpc.metadata.setLabels.mutationOptions({ onSuccess: onClose }));
  const parsed = labelsOf(rows);
  const errors = checked ? parsed.errors : undefined;

  const change = (key: number, part: Partial<LabelRow>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const add = () => {
    nextKey.current -= 1;
    const key = nextKey.current;
    setRows((before) => [...before, { key, name: '', value: '' }]);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (parsed.labels !== undefined) save.mutate({ id: device.id, labels: parsed.labels });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <p>{strings.labelsText}</p>
        <div className={classes.rows}>
          {rows.map((row, index) => (
            <div key={row.key} className={classes.row}>
              <TextInput
                aria-label={strings.labelName(index + 1)}
                placeholder={strings.labelNamePlaceholder}
                value={row.name}
                error={errors?.get(row.key)}
                autoComplete="off"
                spellCheck={false}
                {...(index === rows.length - 1 ? { 'data-autofocus': true } : {})}
                onChange={(event) => change(row.key, { name: event.currentTarget.value })}
              />
              <TextInput
                aria-label={strings.labelValue(index + 1)}
                placeholder={strings.labelValuePlaceholder}
                value={row.value}
                maxLength={longestLabelValue}
                autoComplete="off"
                onChange={(event) => change(row.key, { value: event.currentTarget.value })}
              />
              <ActionIcon
                aria-label={strings.labelRemove(row.name)}
                onClick={() => setRows((before) => before.filter(({ key }) => key !== row.key))}
              >
                <IconTrash size={14} aria-hidden />
              </ActionIcon>
            </div>
          ))}
        </div>
        {save.error !== null && <ProblemPanel problem={problemOf(save.error)} />}
        <Group gap="sm">
          <Button mr="auto" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
            {strings.labelAdd}
          </Button>
          <Button onClick={onClose}>{dialogStrings.cancel}</Button>
          <Button type="submit" variant="filled" loading={save.isPending}>
            {dialogStrings.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
