import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconBroadcast, IconDots, IconEye, IconEyeOff } from '@tabler/icons-react';
import type { DiscoveredDevice } from '../../../../shared/contract/fleet.ts';
import { useHubDialog } from '../../../stores/hubDialog.ts';
import { strings } from '../../../strings/fleetDiscovered.ts';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import { showUndo } from '../../../ui/showNotice.ts';
import { useHub } from '../../hub/useHub.ts';
import { DiscoveredChip } from './DiscoveredChip.tsx';
import classes from './DiscoveredStrip.module.css';
import { useDismissed } from './dismissed.ts';
import { useAddDiscovered } from './useAddDiscovered.ts';
import { useDiscovered } from './useDiscovered.ts';

/** Devices that speak of themselves on the local network and are not in the fleet, each added in one step. Nothing where there are none. */
export function DiscoveredStrip() {
  const { shown, hidden } = useDiscovered();
  const { hide, show } = useDismissed();
  const hasAccount = (useHub().data?.accounts.length ?? 0) > 0;
  const openHubDialog = useHubDialog((dialogs) => dialogs.open);
  const { adding, add, addAnyway, forget } = useAddDiscovered();
  if (shown.length === 0) return null;

  const hideAll = (devices: readonly DiscoveredDevice[]) => {
    const keys = devices.map(({ key }) => key);
    hide(keys);
    showUndo(strings.hidden(devices.map(({ name }) => name)), () => show(keys));
  };
  const failed = shown.flatMap((device) => {
    const state = adding.get(device.key);
    return typeof state === 'object' ? [{ device, problem: state.problem }] : [];
  });
  return (
    <section aria-label={strings.title} className={classes.strip}>
      <div className={classes.line}>
        <span className={classes.title}>
          <IconBroadcast size={14} aria-hidden />
          {strings.found(shown.length)}
        </span>
        <ul className={classes.chips}>
          {shown.map((device) => (
            <DiscoveredChip
              key={device.key}
              device={device}
              adding={adding.get(device.key)}
              onAdd={() => add(device)}
              onClaim={device.unclaimed && hasAccount ? () => openHubDialog({ kind: 'claim' }) : undefined}
              onHide={() => hideAll([device])}
            />
          ))}
        </ul>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={strings.menu} title={strings.menu}>
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconEyeOff size={14} aria-hidden />} onClick={() => hideAll(shown)}>
              {strings.hideAll}
            </Menu.Item>
            {hidden.length > 0 && (
              <Menu.Item leftSection={<IconEye size={14} aria-hidden />} onClick={() => show(hidden.map(({ key }) => key))}>
                {strings.showHidden(hidden.length)}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      {failed.map(({ device, problem }) => (
        <ProblemPanel key={device.key} problem={problem}>
          <Button onClick={() => add(device)}>{strings.again}</Button>
          <Button onClick={() => addAnyway(device)}>{strings.addAnyway(device.name)}</Button>
          <Button onClick={() => forget(device.key)}>{strings.notNow}</Button>
        </ProblemPanel>
      ))}
    </section>
  );
}
