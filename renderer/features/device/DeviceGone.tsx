import { Button } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { useAddDevice } from '../../stores/addDevice.ts';
import { strings } from '../../strings/device.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** In place of a device that is not in the fleet: it was removed, here or in another window, or a link led to it. */
export function DeviceGone() {
  const [, navigate] = useLocation();
  const add = useAddDevice((dialog) => dialog.open);
  return (
    <EmptyState sentence={strings.gone}>
      <Button component={Link} href={paths.fleet()} variant="filled">
        {strings.toFleet}
      </Button>
      <Button
        onClick={() => {
          navigate(paths.fleet());
          add();
        }}
      >
        {strings.addDevice}
      </Button>
    </EmptyState>
  );
}
