import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconCloud, IconCloudPlus, IconEye, IconNetwork, IconPlus } from '@tabler/icons-react';
import { useAddDevice } from '../../stores/addDevice.ts';
import { useHubDialog } from '../../stores/hubDialog.ts';
import { strings } from '../../strings/fleet.ts';
import { strings as discoveredStrings } from '../../strings/fleetDiscovered.ts';
import { strings as hubStrings } from '../../strings/hub.ts';
import { useHub } from '../hub/useHub.ts';
import { useDismissed } from './discovered/dismissed.ts';
import { useDiscovered } from './discovered/useDiscovered.ts';

/** The ways in which a device comes into the fleet. */
export function AddDeviceMenu() {
  const add = useAddDevice((dialog) => dialog.open);
  const { hidden } = useDiscovered();
  const showHidden = useDismissed((dismissed) => dismissed.show);
  const accounts = useHub().data?.accounts ?? [];
  const openHubDialog = useHubDialog((dialogs) => dialogs.open);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconPlus size={14} aria-hidden />} rightSection={<IconChevronDown size={14} aria-hidden />}>
          {strings.add}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconNetwork size={14} aria-hidden />} onClick={add}>
          {strings.addEntry}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCloudPlus size={14} aria-hidden />}
          onClick={() => openHubDialog({ kind: accounts.length === 0 ? 'sign-in' : 'claim' })}
        >
          {hubStrings.claim}
        </Menu.Item>
        <Menu.Item leftSection={<IconCloud size={14} aria-hidden />} onClick={() => openHubDialog({ kind: 'sign-in' })}>
          {hubStrings.signInEntry}
        </Menu.Item>
        {hidden.length > 0 && (
          <Menu.Item leftSection={<IconEye size={14} aria-hidden />} onClick={() => showHidden(hidden.map(({ key }) => key))}>
            {discoveredStrings.showHidden(hidden.length)}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
