import { Button, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { dialogStrings, hubDeviceStrings as strings } from '../../strings/fleet.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { LabelRows } from './LabelRows.tsx';
import { type LabelRow, labelsOf, rowsOf } from './labelsForm.ts';

/** The labels of a device, to be changed. */
export function LabelsForm({ device, onClose }: { device: DeviceSummary; onClose: () => void }) {
  const [rows, setRows] = useState<readonly LabelRow[]>(() => {
    const known = rowsOf(device.labels);
    return [...known, { key: known.length, name: '', value: '' }];
  });
  const [checked, setChecked] = useState(false);
  const save = useMutation(orpc.metadata.setLabels.mutationOptions({ onSuccess: onClose }));
  const parsed = labelsOf(rows);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (parsed.labels !== undefined) save.mutate({ id: device.id, labels: parsed.labels });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <p>{strings.labelsText}</p>
        <div>
          <LabelRows rows={rows} errors={checked ? parsed.errors : undefined} onRows={setRows} />
        </div>
        {save.error !== null && <ProblemPanel problem={problemOf(save.error)} />}
        <Group gap="sm" justify="flex-end">
          <Button onClick={onClose}>{dialogStrings.cancel}</Button>
          <Button type="submit" variant="filled" loading={save.isPending}>
            {dialogStrings.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
