import { ActionIcon, Menu } from '@mantine/core';
import {
  IconCloudShare,
  IconDots,
  IconForms,
  IconLock,
  IconNetwork,
  IconPencil,
  IconTags,
  IconTrash,
  IconTrashX,
  IconWorld,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { hubDeviceStrings, dialogStrings as strings } from '../../strings/fleet.ts';
import { DeleteOnHubDialog } from './DeleteOnHubDialog.tsx';
import { DeviceDialog } from './DeviceDialog.tsx';
import { GoRemoteDialog } from './GoRemoteDialog.tsx';
import { LabelsDialog } from './LabelsDialog.tsx';
import { PublicDialog } from './PublicDialog.tsx';
import { RemoveDeviceDialog } from './RemoveDeviceDialog.tsx';
import { RenameDialog } from './RenameDialog.tsx';

type Dialog = 'edit' | 'remove' | 'labels' | 'rename' | 'public' | 'delete' | 'go-remote';

/** What can be done with a device's entry here and on its hub, behind three dots. */
export function DeviceMenu({ device }: { device: DeviceSummary }) {
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  const { hub, connection } = device;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={strings.menu(device.name)}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {connection === null ? (
            <Menu.Item leftSection={<IconNetwork size={14} aria-hidden />} onClick={() => setDialog('edit')}>
              {hubDeviceStrings.addLocalEntry}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={() => setDialog('edit')}>
              {hub === undefined ? strings.editEntry : hubDeviceStrings.editLocalEntry}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTags size={14} aria-hidden />} onClick={() => setDialog('labels')}>
            {hubDeviceStrings.labelsEntry}
          </Menu.Item>
          {hub !== undefined && (
            <>
              <Menu.Divider />
              <Menu.Label>{hub.account}</Menu.Label>
              {device.mode === 'local' && (
                <Menu.Item leftSection={<IconCloudShare size={14} aria-hidden />} onClick={() => setDialog('go-remote')}>
                  {hubDeviceStrings.goRemoteEntry}
                </Menu.Item>
              )}
              <Menu.Item leftSection={<IconForms size={14} aria-hidden />} onClick={() => setDialog('rename')}>
                {hubDeviceStrings.renameEntry}
              </Menu.Item>
              <Menu.Item
                leftSection={hub.public ? <IconLock size={14} aria-hidden /> : <IconWorld size={14} aria-hidden />}
                onClick={() => setDialog('public')}
              >
                {hub.public ? hubDeviceStrings.privateEntry : hubDeviceStrings.publicEntry}
              </Menu.Item>
              <Menu.Item leftSection={<IconTrashX size={14} aria-hidden />} onClick={() => setDialog('delete')}>
                {hubDeviceStrings.deleteEntry}
              </Menu.Item>
            </>
          )}
          {connection !== null && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setDialog('remove')}>
                {hub === undefined ? strings.removeEntry : hubDeviceStrings.removeLocalEntry}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <DeviceDialog opened={dialog === 'edit'} onClose={close} device={device} />
      <RemoveDeviceDialog opened={dialog === 'remove'} onClose={close} device={device} />
      <LabelsDialog opened={dialog === 'labels'} onClose={close} device={device} />
      {hub !== undefined && (
        <>
          {dialog === 'rename' && <RenameDialog device={device} hub={hub} onClose={close} />}
          {dialog === 'public' && <PublicDialog device={device} hub={hub} onClose={close} />}
          {dialog === 'delete' && <DeleteOnHubDialog device={device} hub={hub} onClose={close} />}
          {dialog === 'go-remote' && <GoRemoteDialog device={device} hub={hub} onClose={close} />}
        </>
      )}
    </>
  );
}
