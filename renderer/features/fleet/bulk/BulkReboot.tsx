import { Button, Group, Stack } from '@mantine/core';
import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { client } from '../../../rpc.ts';
import { strings } from '../../../strings/fleetBulk.ts';
import { whyNoOrder } from '../reach.ts';
import { BulkDialog } from './BulkDialog.tsx';
import classes from './bulk.module.css';
import { useBulk } from './useBulk.ts';

interface BulkDeviceProps {
  readonly devices: readonly DeviceSummary[];
  readonly onClose: () => void;
}

/** Asks before several boards reboot, and names them. */
export function BulkReboot({ devices, onClose }: BulkDeviceProps) {
  const bulk = useBulk((id) => client.device.reboot({ id }));
  const able = devices.filter((device) => whyNoOrder(device) === undefined);
  const unable = devices.filter((device) => whyNoOrder(device) !== undefined);
  return (
    <BulkDialog title={strings.rebootTitle(able.length)} bulk={bulk} onClose={onClose}>
      <Stack gap="md">
        <p>{strings.rebootText}</p>
        <section>
          <h3 className={classes.heading}>{strings.rebootThese}</h3>
          <ul className={classes.names}>
            {able.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
        </section>
        {unable.length > 0 && (
          <section>
            <h3 className={classes.heading}>{strings.rebootNot(unable.length)}</h3>
            <ul className={classes.names}>
              {unable.map((device) => (
                <li key={device.id}>
                  {device.name}
                  <span className={classes.dim}>{whyNoOrder(device)}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose} data-autofocus>
            {strings.cancel}
          </Button>
          <Button variant="outline" color="red" onClick={() => bulk.start(able)}>
            {strings.rebootConfirm(able.length)}
          </Button>
        </Group>
      </Stack>
    </BulkDialog>
  );
}
