import { useMantineColorScheme } from '@mantine/core';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import {
  IconCloud,
  IconCloudPlus,
  IconDeviceDesktop,
  IconDevices,
  IconHistory,
  IconMoon,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlus,
  IconRouter,
  IconSearch,
  IconSettings,
  IconSun,
  IconUserCog,
  type TablerIcon,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { useAddDevice } from '../../stores/addDevice.ts';
import { useHubDialog } from '../../stores/hubDialog.ts';
import { type PaletteAction, usePalette } from '../../stores/palette.ts';
import { strings } from '../../strings/shell.ts';
import { conditionWords } from '../../ui/conditionWords.ts';
import { placeOf } from '../../ui/deviceSource.ts';
import { useDemo } from '../fleet/useDemo.ts';
import { useFleet } from '../fleet/useFleet.ts';
import classes from './Palette.module.css';

// The rest is found by typing.
const shownAtOnce = 40;

/** Ctrl+K: what can be done here, screens, devices, and what can be done anywhere. */
export function Palette() {
  const [, navigate] = useLocation();
  const fleet = useFleet();
  const demo = useDemo();
  const addDevice = useAddDevice((dialog) => dialog.open);
  const byScreen = usePalette((palette) => palette.byScreen);
  const { setColorScheme } = useMantineColorScheme();

  // A fleet of thousands changes all the time: its entries are made while somebody looks for one.
  const [opened, setOpened] = useState(false);
  const openHubDialog = useHubDialog((dialogs) => dialogs.open);
  const devices = opened ? fleet.data?.devices : undefined;
  const groups = useMemo((): SpotlightActionGroupData[] => {
    const offered = [...byScreen.values()].flat().map(spotlightAction);
    return [
      ...(offered.length === 0 ? [] : [{ group: strings.here, actions: offered }]),
      {
        group: strings.screens,
        actions: [
          entry('fleet', strings.fleet, IconDevices, () => navigate(paths.fleet())),
          entry('activity', strings.activity, IconHistory, () => navigate(paths.activity())),
          entry('settings', strings.settings, IconSettings, () => navigate(paths.settings())),
        ],
      },
      {
        group: strings.devices,
        actions: [...(devices?.values() ?? [])].map((device) => ({
          id: `device ${device.id}`,
          label: device.name,
          description: `${placeOf(device)} · ${conditionWords[device.condition].word}`,
          leftSection: <IconRouter size={16} aria-hidden />,
          onClick: () => navigate(paths.device(device.id)),
        })),
      },
      {
        group: strings.actions,
        actions: [
          entry('add', strings.addDevice, IconPlus, () => {
            navigate(paths.fleet());
            addDevice();
          }),
          entry('claim', strings.claim, IconCloudPlus, () => openHubDialog({ kind: 'claim' })),
          entry('sign-in', strings.signIn, IconCloud, () => openHubDialog({ kind: 'sign-in' })),
          entry('accounts', strings.hubAccounts, IconUserCog, () => navigate(paths.settings())),
          demo.running
            ? entry('demo', strings.stopDemo, IconPlayerStop, demo.stop)
            : entry('demo', strings.startDemo, IconPlayerPlay, demo.start),
          entry('light', strings.themeLight, IconSun, () => setColorScheme('light')),
          entry('dark', strings.themeDark, IconMoon, () => setColorScheme('dark')),
          entry('system', strings.themeSystem, IconDeviceDesktop, () => setColorScheme('auto')),
        ],
      },
    ];
  }, [byScreen, devices, navigate, addDevice, openHubDialog, demo, setColorScheme]);

  return (
    <Spotlight
      actions={groups}
      shortcut={['mod + K']}
      // From a filter or a name too; editors of texts have chords that begin with it.
      tagsToIgnore={['TEXTAREA']}
      onSpotlightOpen={() => setOpened(true)}
      onExitTransitionEnd={() => setOpened(false)}
      nothingFound={strings.paletteNothing}
      limit={shownAtOnce}
      highlightQuery
      scrollable
      maxHeight={420}
      centered={false}
      attributes={{ content: { 'aria-label': strings.paletteLabel } }}
      overlayProps={{ backgroundOpacity: 0.25, blur: 0 }}
      transitionProps={{ transition: 'fade', duration: 120 }}
      classNames={{
        inner: classes.inner ?? '',
        content: classes.content ?? '',
        actionsGroup: classes.group ?? '',
        action: classes.action ?? '',
        actionBody: classes.body ?? '',
        actionLabel: classes.label ?? '',
        actionDescription: classes.description ?? '',
      }}
      searchProps={{
        placeholder: strings.palettePlaceholder,
        'aria-label': strings.palettePlaceholder,
        leftSection: <IconSearch size={16} aria-hidden />,
        size: 'sm',
      }}
    />
  );
}

function entry(id: string, label: string, icon: TablerIcon, run: () => void): SpotlightActionData {
  return spotlightAction({ id, label, icon, run });
}

function spotlightAction({ id, label, description, icon: Icon, run }: PaletteAction): SpotlightActionData {
  return {
    id,
    label,
    ...(description === undefined ? {} : { description }),
    leftSection: <Icon size={16} aria-hidden />,
    onClick: run,
  };
}
