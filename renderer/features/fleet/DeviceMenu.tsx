import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { dialogStrings as strings } from '../../strings/fleet.ts';
import { type DeviceDialogName, DeviceDialogs } from './DeviceDialogs.tsx';
import { DeviceEntries } from './DeviceEntries.tsx';

/** What can be done with a device's entry here and on its hub, behind three dots. */
export function DeviceMenu({ device }: { device: DeviceSummary }) {
  const [dialog, setDialog] = useState<DeviceDialogName>();
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={strings.menu(device.name)}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <DeviceEntries device={device} onDialog={setDialog} />
        </Menu.Dropdown>
      </Menu>
      <DeviceDialogs device={device} dialog={dialog} onClose={() => setDialog(undefined)} />
    </>
  );
}
