import { Button, Group, Radio, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { client, orpc, useLive } from '../../../rpc.ts';
import { strings } from '../../../strings/fleetBulk.ts';
import { BulkDialog } from './BulkDialog.tsx';
import classes from './bulk.module.css';
import { type RestartChoice, restartChoices } from './restartChoices.ts';
import { useBulk } from './useBulk.ts';

interface BulkRestartProps {
  readonly devices: readonly DeviceSummary[];
  readonly onClose: () => void;
}

/** Restarts one container on several devices. */
export function BulkRestart({ devices, onClose }: BulkRestartProps) {
  const [container, setContainer] = useState('');
  const bulk = useBulk((id) => client.device.containerAction({ id, container, action: 'restart' }));
  const policies = useLive(orpc.states.policies, undefined).data;
  const choices = useMemo(() => restartChoices(devices, policies?.groups), [devices, policies]);
  const chosen = choices.find((choice) => choice.container === container);
  const { read = 0, of = devices.length, unreadable = [] } = policies?.progress ?? {};
  return (
    <BulkDialog title={strings.restartTitle(devices.length)} bulk={bulk} onClose={onClose}>
      <Stack gap="md">
        <p>{strings.restartText}</p>
        <Radio.Group aria-label={strings.restartContainer} value={container} onChange={setContainer}>
          <div className={classes.choices}>
            {choices.map((choice) => (
              <Radio
                key={choice.container}
                value={choice.container}
                disabled={choice.targets.length === 0}
                label={
                  <>
                    {choice.container}
                    <span className={classes.dim}>{wordsOf(choice, devices.length)}</span>
                  </>
                }
              />
            ))}
          </div>
        </Radio.Group>
        {read + unreadable.length < of && <p className={classes.dimLine}>{strings.restartReading(read, of)}</p>}
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>{strings.cancel}</Button>
          <Button
            variant="filled"
            disabled={chosen === undefined || chosen.targets.length === 0}
            onClick={() => chosen !== undefined && bulk.start(chosen.targets)}
          >
            {chosen === undefined ? strings.restartChoose : strings.restartConfirm(chosen.container, chosen.targets.length)}
          </Button>
        </Group>
      </Stack>
    </BulkDialog>
  );
}

function wordsOf({ devices, system, outOfReach, targets }: RestartChoice, of: number): string {
  return [
    strings.restartOn(devices, of),
    ...(system > 0 ? [strings.restartSystem(system)] : []),
    ...(outOfReach > 0 ? [strings.restartOut(outOfReach)] : []),
    ...(targets.length === 0 ? [strings.restartNone] : []),
  ].join(' · ');
}
