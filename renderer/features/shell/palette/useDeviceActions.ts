import {
  IconBox,
  IconBraces,
  IconCopyPlus,
  IconFolderDown,
  IconGitCompare,
  IconHistory,
  IconInfoCircle,
  IconPencilPlus,
  IconPower,
  IconStethoscope,
  IconTerminal2,
  IconTextScan2,
  type TablerIcon,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { type DeviceTab, deviceTabs, paths } from '../../../routes/paths.ts';
import { useCheckoutDialog } from '../../../stores/checkoutDialog.ts';
import type { PaletteAction } from '../../../stores/palette.ts';
import { doorStrings } from '../../../strings/checkoutDialogs.ts';
import { strings as deviceStrings } from '../../../strings/device.ts';
import { strings } from '../../../strings/shell.ts';
import { useDraftOf } from './useDraftOf.ts';

const tabIcons: { readonly [T in DeviceTab]: TablerIcon } = {
  timeline: IconHistory,
  containers: IconBox,
  state: IconBraces,
  logs: IconTextScan2,
  metadata: IconInfoCircle,
  terminal: IconTerminal2,
};

/** What can be done with the device that the screen is about, wherever inside it the person is. `reboot` asks first. */
export function useDeviceActions(device: DeviceSummary | undefined, reboot: () => void): readonly PaletteAction[] {
  const [, navigate] = useLocation();
  const draft = useDraftOf();
  const openDialog = useCheckoutDialog((dialogs) => dialogs.open);
  const id = device?.id;
  const running = device?.running?.revision;
  const canReboot = device?.ways.ssh.kind === 'open';
  return useMemo(() => {
    if (id === undefined) return [];
    return [
      ...deviceTabs.map((tab) => ({
        id: `tab ${tab}`,
        label: strings.openTab(deviceStrings.tabs[tab]),
        icon: tabIcons[tab],
        run: () => navigate(paths.device(id, tab)),
      })),
      {
        id: 'new-draft',
        label: deviceStrings.newDraft,
        icon: IconPencilPlus,
        run: () => draft({ deviceId: id, revision: 'current' }),
      },
      ...(running === undefined
        ? []
        : [
            {
              id: 'differences',
              label: strings.differences,
              icon: IconGitCompare,
              run: () => navigate(paths.differences(id, running)),
            },
          ]),
      {
        id: 'clone',
        label: doorStrings.clone,
        icon: IconFolderDown,
        run: () => openDialog({ kind: 'clone', from: { kind: 'device', deviceId: id, revision: 'current' } }),
      },
      {
        id: 'fast-copy',
        label: doorStrings.fastCopy,
        icon: IconCopyPlus,
        run: () => openDialog({ kind: 'fast-copy', from: id }),
      },
      { id: 'diagnosis', label: strings.diagnosis, icon: IconStethoscope, run: () => navigate(paths.diagnosis(id)) },
      ...(canReboot ? [{ id: 'reboot', label: deviceStrings.reboot, icon: IconPower, run: reboot }] : []),
    ];
  }, [id, running, canReboot, reboot, draft, openDialog, navigate]);
}
