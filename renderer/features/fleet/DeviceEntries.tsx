import { Menu } from '@mantine/core';
import {
  IconCloudShare,
  IconCopyPlus,
  IconFolderDown,
  IconForms,
  IconLock,
  IconNetwork,
  IconPencil,
  IconTags,
  IconTrash,
  IconTrashX,
  IconWorld,
} from '@tabler/icons-react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { useCheckoutDialog } from '../../stores/checkoutDialog.ts';
import { doorStrings } from '../../strings/checkoutDialogs.ts';
import { hubDeviceStrings, dialogStrings as strings } from '../../strings/fleet.ts';
import { GatedItem } from '../../ui/GatedItem.tsx';
import type { DeviceDialogName } from './DeviceDialogs.tsx';
import { whyNoDraft } from './reach.ts';

interface DeviceEntriesProps {
  readonly device: DeviceSummary;
  readonly onDialog: (dialog: DeviceDialogName) => void;
}

/** The entries of a menu for what can be done with a device's entry here and on its hub. */
export function DeviceEntries({ device, onDialog }: DeviceEntriesProps) {
  const { hub, connection } = device;
  const openDialog = useCheckoutDialog((dialogs) => dialogs.open);
  const noState = whyNoDraft(device);
  return (
    <>
      {connection === null ? (
        <Menu.Item leftSection={<IconNetwork size={14} aria-hidden />} onClick={() => onDialog('edit')}>
          {hubDeviceStrings.addLocalEntry}
        </Menu.Item>
      ) : (
        <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={() => onDialog('edit')}>
          {hub === undefined ? strings.editEntry : hubDeviceStrings.editLocalEntry}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconTags size={14} aria-hidden />} onClick={() => onDialog('labels')}>
        {hubDeviceStrings.labelsEntry}
      </Menu.Item>
      <GatedItem
        icon={<IconFolderDown size={14} aria-hidden />}
        reason={noState}
        onClick={() => openDialog({ kind: 'clone', from: { kind: 'device', deviceId: device.id, revision: 'current' } })}
      >
        {doorStrings.clone}
      </GatedItem>
      <GatedItem
        icon={<IconCopyPlus size={14} aria-hidden />}
        reason={noState}
        onClick={() => openDialog({ kind: 'fast-copy', from: device.id })}
      >
        {doorStrings.fastCopy}
      </GatedItem>
      {hub !== undefined && (
        <>
          <Menu.Divider />
          <Menu.Label>{hub.account}</Menu.Label>
          {device.mode === 'local' && (
            <Menu.Item leftSection={<IconCloudShare size={14} aria-hidden />} onClick={() => onDialog('go-remote')}>
              {hubDeviceStrings.goRemoteEntry}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconForms size={14} aria-hidden />} onClick={() => onDialog('rename')}>
            {hubDeviceStrings.renameEntry}
          </Menu.Item>
          <Menu.Item
            leftSection={hub.public ? <IconLock size={14} aria-hidden /> : <IconWorld size={14} aria-hidden />}
            onClick={() => onDialog('public')}
          >
            {hub.public ? hubDeviceStrings.privateEntry : hubDeviceStrings.publicEntry}
          </Menu.Item>
          <Menu.Item leftSection={<IconTrashX size={14} aria-hidden />} onClick={() => onDialog('delete')}>
            {hubDeviceStrings.deleteEntry}
          </Menu.Item>
        </>
      )}
      {connection !== null && (
        <>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={() => onDialog('remove')}>
            {hub === undefined ? strings.removeEntry : hubDeviceStrings.removeLocalEntry}
          </Menu.Item>
        </>
      )}
    </>
  );
}
