import { Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import {
  IconActivity,
  IconArrowRight,
  IconCopy,
  IconGitCompare,
  IconHelpCircle,
  IconPencilPlus,
  IconPower,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { paths } from '../../routes/paths.ts';
import { actionStrings as strings } from '../../strings/fleet.ts';
import { GatedItem } from '../../ui/GatedItem.tsx';
import { showNotice } from '../../ui/showNotice.ts';
import { RebootDialog } from '../device/RebootDialog.tsx';
import { useDraftStart } from '../device/useDraftStart.ts';
import { type DeviceDialogName, DeviceDialogs } from './DeviceDialogs.tsx';
import { DeviceEntries } from './DeviceEntries.tsx';
import classes from './FleetScreen.module.css';
import { isOutOfReach, whyNoDraft, whyNoOrder } from './reach.ts';

/** A row's menu, and where in the window it opens. */
export interface RowMenuPlace {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

interface RowMenuProps {
  readonly device: DeviceSummary;
  readonly place: RowMenuPlace;
  /** The menu is closed, and so is the dialog that it opened. */
  readonly onClose: () => void;
}

/** What can be done with a device, from its row. */
export function RowMenu({ device, place, onClose }: RowMenuProps) {
  const [opened, setOpened] = useState(true);
  const [dialog, setDialog] = useState<DeviceDialogName | 'reboot'>();
  const [, navigate] = useLocation();
  const draft = useDraftStart(device.id);
  const clipboard = useClipboard();
  const copy = (text: string) => {
    clipboard.copy(text);
    showNotice(strings.copied(text));
  };
  const closeDialog = () => {
    setDialog(undefined);
    onClose();
  };
  const host = device.connection?.host;
  return (
    <>
      <Menu
        opened={opened}
        onChange={setOpened}
        position="bottom-start"
        offset={0}
        // Not "keydown": it is a key that opens it.
        clickOutsideEvents={['mousedown', 'touchstart']}
        onExitTransitionEnd={() => {
          if (dialog === undefined) onClose();
        }}
      >
        <Menu.Target>
          <button
            type="button"
            tabIndex={-1}
            aria-label={strings.menuOf(device.name)}
            className={classes.menuPlace}
            style={{ left: place.x, top: place.y }}
          />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconArrowRight size={14} aria-hidden />} onClick={() => navigate(paths.device(device.id))}>
            {strings.open}
          </Menu.Item>
          {device.update !== undefined && (
            <Menu.Item
              leftSection={<IconActivity size={14} aria-hidden />}
              onClick={() => device.update !== undefined && navigate(paths.update(device.id, device.update.id))}
            >
              {strings.watch}
            </Menu.Item>
          )}
          <GatedItem
            icon={<IconPencilPlus size={14} aria-hidden />}
            reason={whyNoDraft(device)}
            onClick={() => draft.start('current')}
          >
            {strings.newDraft}
          </GatedItem>
          <GatedItem
            icon={<IconGitCompare size={14} aria-hidden />}
            reason={whyNoDraft(device)}
            onClick={() => navigate(paths.differences(device.id, 'current'))}
          >
            {strings.differences}
          </GatedItem>
          {isOutOfReach(device) && (
            <Menu.Item
              leftSection={<IconHelpCircle size={14} aria-hidden />}
              onClick={() => navigate(paths.diagnosis(device.id))}
            >
              {strings.diagnosis}
            </Menu.Item>
          )}
          <GatedItem icon={<IconPower size={14} aria-hidden />} reason={whyNoOrder(device)} onClick={() => setDialog('reboot')}>
            {strings.reboot}
          </GatedItem>
          <Menu.Divider />
          <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={() => copy(device.name)}>
            {strings.copyName}
          </Menu.Item>
          {host !== undefined && (
            <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={() => copy(host)}>
              {strings.copyAddress}
            </Menu.Item>
          )}
          <Menu.Divider />
          <DeviceEntries device={device} onDialog={setDialog} />
        </Menu.Dropdown>
      </Menu>
      <DeviceDialogs device={device} dialog={dialog === 'reboot' ? undefined : dialog} onClose={closeDialog} />
      <RebootDialog device={device} opened={dialog === 'reboot'} onClose={closeDialog} />
    </>
  );
}
