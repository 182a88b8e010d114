import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { DeviceDialog } from './DeviceDialog.tsx';
import { RemoveDeviceDialog } from './RemoveDeviceDialog.tsx';
import { dialogStrings as strings } from './strings.ts';

/** Edit and remove, behind three dots. */
export function DeviceMenu({ device }: { device: DeviceSummary }) {
  const [dialog, setDialog] = useState<'edit' | 'remove'>();
  const close = () => setDialog(undefined);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={strings.menu(device.name)}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={() => setDialog('edit')}>
            {strings.editEntry}
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setDialog('remove')}>
            {strings.removeEntry}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeviceDialog opened={dialog === 'edit'} onClose={close} device={device} />
      <RemoveDeviceDialog opened={dialog === 'remove'} onClose={close} device={device} />
    </>
  );
}
