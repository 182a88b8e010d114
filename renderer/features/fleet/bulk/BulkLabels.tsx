import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { client } from '../../../rpc.ts';
import { strings } from '../../../strings/fleetBulk.ts';
import { LabelRows } from '../LabelRows.tsx';
import { type LabelRow, labelsOf } from '../labelsForm.ts';
import { useFleet } from '../useFleet.ts';
import { BulkDialog } from './BulkDialog.tsx';
import classes from './bulk.module.css';
import { labelNames, labelsAfter, leavesLabels } from './mergeLabels.ts';
import { useBulk } from './useBulk.ts';

interface BulkLabelsProps {
  readonly devices: readonly DeviceSummary[];
  readonly onClose: () => void;
}

/** Sets and removes labels on several devices; all others of each stay. */
export function BulkLabels({ devices, onClose }: BulkLabelsProps) {
  const [rows, setRows] = useState<readonly LabelRow[]>([{ key: 0, name: '', value: '' }]);
  const [remove, setRemove] = useState<readonly string[]>([]);
  const [checked, setChecked] = useState(false);
  const names = useMemo(() => labelNames(devices), [devices]);
  const parsed = labelsOf(rows);
  const change = { set: parsed.labels ?? {}, remove };
  const fleet = useFleet().data?.devices;
  const bulk = useBulk((id) => {
    // What it has by now: others may have changed it since the dialog opened.
    const labels = fleet?.get(id)?.labels ?? {};
    return client.metadata.setLabels({ id, labels: labelsAfter(labels, change) });
  });
  // What is wrong with a name is said on the way out, so that the way is open then.
  const wrong = parsed.labels === undefined;
  const nothing = !wrong && Object.keys(change.set).length === 0 && remove.length === 0;
  const targets = devices.filter(({ labels }) => !leavesLabels(labels, change));
  const same = devices.length - targets.length;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (parsed.labels !== undefined && targets.length > 0) bulk.start(targets);
  };
  return (
    <BulkDialog title={strings.labelsTitle(devices.length)} bulk={bulk} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <p>{strings.labelsText}</p>
          <section>
            <h3 className={classes.heading}>{strings.labelsSet}</h3>
            <LabelRows rows={rows} errors={checked ? parsed.errors : undefined} onRows={setRows} />
          </section>
          {names.length > 0 && (
            <section>
              <h3 className={classes.heading}>{strings.labelsRemove}</h3>
              <div className={classes.choices}>
                {names.map(({ name, value, devices: count }) => (
                  <Checkbox
                    key={name}
                    label={strings.labelOn(name, value, count, devices.length)}
                    checked={remove.includes(name)}
                    onChange={(event) => {
                      const on = event.currentTarget.checked;
                      setRemove((before) => (on ? [...before, name] : before.filter((one) => one !== name)));
                    }}
                  />
                ))}
              </div>
            </section>
          )}
          <p className={classes.dimLine} role="status">
            {nothing ? strings.labelsNothing : !wrong && same > 0 ? strings.labelsSame(same) : ''}
          </p>
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>{strings.cancel}</Button>
            <Button type="submit" variant="filled" disabled={nothing || (!wrong && targets.length === 0)}>
              {strings.labelsConfirm(nothing || wrong ? devices.length : targets.length)}
            </Button>
          </Group>
        </Stack>
      </form>
    </BulkDialog>
  );
}
