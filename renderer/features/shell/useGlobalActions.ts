import { useMantineColorScheme } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconCloud,
  IconCloudPlus,
  IconCopyPlus,
  IconDeviceDesktop,
  IconFolderCode,
  IconFolderDown,
  IconFolderPlus,
  IconKeyboard,
  IconLink,
  IconMoon,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlus,
  IconSun,
  IconUserCog,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { useAddDevice } from '../../stores/addDevice.ts';
import { useCheckoutDialog } from '../../stores/checkoutDialog.ts';
import { useHelpSheet } from '../../stores/helpSheet.ts';
import { useHubDialog } from '../../stores/hubDialog.ts';
import type { PaletteAction } from '../../stores/palette.ts';
import { strings } from '../../strings/shell.ts';
import { useDemo } from '../fleet/useDemo.ts';
import { backKeys, forwardKeys } from './globalKeys.ts';
import { copyPlaceLink } from './placeLink.ts';

/** What can be done on any screen. */
export function useGlobalActions(): readonly PaletteAction[] {
  const [, navigate] = useLocation();
  const demo = useDemo();
  const addDevice = useAddDevice((dialog) => dialog.open);
  const openHubDialog = useHubDialog((dialogs) => dialogs.open);
  const openCheckoutDialog = useCheckoutDialog((dialogs) => dialogs.open);
  const openHelp = useHelpSheet((sheet) => sheet.open);
  const { setColorScheme } = useMantineColorScheme();
  const { running, start, stop } = demo;
  return useMemo(
    () => [
      {
        id: 'add',
        label: strings.addDevice,
        icon: IconPlus,
        run: () => {
          navigate(paths.fleet());
          addDevice();
        },
      },
      { id: 'claim', label: strings.claim, icon: IconCloudPlus, run: () => openHubDialog({ kind: 'claim' }) },
      { id: 'sign-in', label: strings.signIn, icon: IconCloud, run: () => openHubDialog({ kind: 'sign-in' }) },
      { id: 'accounts', label: strings.hubAccounts, icon: IconUserCog, run: () => navigate(paths.settings('accounts')) },
      { id: 'open-checkout', label: strings.openCheckout, icon: IconFolderCode, run: () => openCheckoutDialog({ kind: 'open' }) },
      {
        id: 'clone-checkout',
        label: strings.cloneCheckout,
        icon: IconFolderDown,
        run: () => openCheckoutDialog({ kind: 'clone' }),
      },
      { id: 'new-checkout', label: strings.newCheckout, icon: IconFolderPlus, run: () => openCheckoutDialog({ kind: 'new' }) },
      { id: 'fast-copy', label: strings.fastCopy, icon: IconCopyPlus, run: () => openCheckoutDialog({ kind: 'fast-copy' }) },
      { id: 'back', label: strings.back, icon: IconArrowLeft, keys: backKeys, run: () => history.back() },
      { id: 'forward', label: strings.forward, icon: IconArrowRight, keys: forwardKeys, run: () => history.forward() },
      { id: 'copy-link', label: strings.copyLink, icon: IconLink, run: () => void copyPlaceLink() },
      { id: 'help', label: strings.help, icon: IconKeyboard, keys: '?', run: openHelp },
      running
        ? { id: 'demo', label: strings.stopDemo, icon: IconPlayerStop, run: stop }
        : { id: 'demo', label: strings.startDemo, icon: IconPlayerPlay, run: start },
      { id: 'light', label: strings.themeLight, icon: IconSun, run: () => setColorScheme('light') },
      { id: 'dark', label: strings.themeDark, icon: IconMoon, run: () => setColorScheme('dark') },
      { id: 'system', label: strings.themeSystem, icon: IconDeviceDesktop, run: () => setColorScheme('auto') },
    ],
    [navigate, addDevice, openHubDialog, openCheckoutDialog, openHelp, setColorScheme, running, start, stop],
  );
}
