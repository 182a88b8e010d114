import {
  IconAdjustmentsHorizontal,
  IconBolt,
  IconDevices,
  IconFileDiff,
  IconFolderCode,
  IconHistory,
  IconLoader2,
  IconPencil,
  IconRouter,
  IconSettings,
  IconStack2,
  IconTargetArrow,
  type TablerIcon,
} from '@tabler/icons-react';
import { skipToken, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import type { Timeline } from '../../../../shared/contract/device.ts';
import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { paths, settingsSections } from '../../../routes/paths.ts';
import { orpc, useLive } from '../../../rpc.ts';
import { type PaletteAction, usePalette } from '../../../stores/palette.ts';
import { type RecentPlace, useRecentPlaces } from '../../../stores/recentPlaces.ts';
import { useShortcutLists } from '../../../stores/shortcuts.ts';
import { strings as settingsStrings } from '../../../strings/settings.ts';
import { strings } from '../../../strings/shell.ts';
import { conditionWords } from '../../../ui/conditionWords.ts';
import { placeOf } from '../../../ui/deviceSource.ts';
import { useFleet } from '../../fleet/useFleet.ts';
import { useGlobalActions } from '../useGlobalActions.ts';
import { deviceIdIn } from '../useOpenDevice.ts';
import { deviceKeys, type PaletteItem } from './items.ts';
import { useDeviceActions } from './useDeviceActions.ts';

const shownRecent = 6;
const nobody: ReadonlyMap<string, DeviceSummary> = new Map();

/** Everything that the palette looks through. It is gathered while the palette is open: a fleet of thousands changes all the time. */
export function usePaletteSources(opened: boolean, device: DeviceSummary | undefined, reboot: () => void) {
  const [place, navigate] = useLocation();
  const fleet = useFleet().data?.devices;
  const devices = (opened ? fleet : undefined) ?? nobody;
  const updates = useLive(orpc.update.list, opened ? {} : skipToken).data;
  const drafts = useLive(orpc.draft.list, opened ? {} : skipToken).data;
  const series = useLive(orpc.series.list, opened ? undefined : skipToken).data;
  const checkouts = useLive(orpc.checkout.list, opened ? undefined : skipToken).data;
  const recentPlaces = useRecentPlaces((recent) => recent.places);
  const timeline = useQueryClient().getQueryData<Timeline>(
    orpc.device.timeline.experimental_liveKey({ input: device === undefined ? skipToken : { id: device.id } }),
  );

  // Of a device that changes only what it is found by matters here; its line is made when it is shown.
  const names = opened ? devices.size : 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names of ten thousand devices are not read again for each report of one
  const keys = useMemo(() => deviceKeys(devices.values()), [opened, names]);

  const screens = useMemo((): readonly PaletteItem[] => {
    const go = (to: string) => () => navigate(to);
    const nameOf = (id: string) => devices.get(id)?.name ?? strings.device;
    return [
      itemOf(strings.screens, { id: 'fleet', label: strings.fleet, icon: IconDevices, keys: 'g f', run: go(paths.fleet()) }),
      itemOf(strings.screens, {
        id: 'checkouts',
        label: strings.checkouts,
        icon: IconFolderCode,
        keys: 'g c',
        run: go(paths.checkouts()),
      }),
      ...(checkouts ?? []).map(({ id, name, path }) =>
        itemOf(strings.checkouts, {
          id: `checkout ${id}`,
          label: name,
          description: path,
          icon: IconFolderCode,
          run: go(paths.checkout(id)),
        }),
      ),
      itemOf(strings.screens, {
        id: 'policies',
        label: strings.policies,
        icon: IconAdjustmentsHorizontal,
        keys: 'g p',
        run: go(paths.policies()),
      }),
      itemOf(strings.screens, {
        id: 'activity',
        label: strings.activity,
        icon: IconHistory,
        keys: 'g a',
        run: go(paths.activity()),
      }),
      itemOf(strings.screens, {
        id: 'fidelity',
        label: strings.fidelity,
        icon: IconTargetArrow,
        run: go(paths.fidelity()),
      }),
      itemOf(strings.screens, {
        id: 'settings',
        label: strings.settings,
        icon: IconSettings,
        keys: 'g s',
        run: go(paths.settings()),
      }),
      ...settingsSections.map((section) =>
        itemOf(strings.screens, {
          id: `settings ${section}`,
          label: strings.settingsSection(settingsStrings.sections[section]),
          icon: IconSettings,
          run: go(paths.settings(section)),
        }),
      ),
      ...(updates ?? [])
        .filter(({ phase }) => phase !== 'ended' && phase !== 'cancelled')
        .map(({ id, deviceId, revision }) =>
          itemOf(strings.running, {
            id: `update ${id}`,
            label: strings.updateOf(nameOf(deviceId), revision),
            icon: IconLoader2,
            run: go(paths.update(deviceId, id)),
          }),
        ),
      ...(series ?? [])
        .filter(({ phase }) => phase !== 'ended')
        .map(({ id, title, done, devices: all }) =>
          itemOf(strings.running, {
            id: `series ${id}`,
            label: title,
            description: strings.seriesState(done, all),
            icon: IconStack2,
            run: go(paths.series(id)),
          }),
        ),
      ...(drafts ?? [])
        .filter(({ seriesId }) => seriesId === undefined)
        .map(({ id, deviceId, title, base }) =>
          itemOf(strings.drafts, {
            id: `draft ${id}`,
            label: title === '' ? strings.draftOf(nameOf(deviceId), base) : title,
            ...(title === '' ? {} : { description: strings.draftOf(nameOf(deviceId), base) }),
            icon: IconPencil,
            run: go(paths.draft(deviceId, id)),
          }),
        ),
    ];
  }, [updates, series, drafts, checkouts, devices, navigate]);

  const recent = useMemo(
    () =>
      recentPlaces
        .filter((visit) => visit.place !== place && visit.place !== paths.fleet() && isThere(visit, devices))
        .slice(0, shownRecent)
        .map((visit) =>
          itemOf(strings.recent, {
            id: `recent ${visit.place}`,
            label: titleOf(visit, devices),
            icon: deviceIdIn(visit.place) === undefined ? IconHistory : IconRouter,
            run: () => navigate(visit.place),
          }),
        ),
    [recentPlaces, place, devices, navigate],
  );

  const revisions = useMemo(() => {
    if (device === undefined) return [];
    const against = device.running?.revision ?? 'current';
    return (timeline?.revisions ?? []).map(({ revision, message, running }) =>
      itemOf(strings.revisions(device.name), {
        id: `revision ${revision}`,
        label: message === '' ? revision : `${revision}  ${message}`,
        description: running ? strings.runs : strings.compareWith(against),
        icon: IconFileDiff,
        run: () => navigate(running ? paths.device(device.id) : paths.compare(device.id, against, revision)),
      }),
    );
  }, [timeline, device, navigate]);

  const actions = useActions(device, reboot);
  const deviceItem = (id: string): PaletteItem | undefined => {
    const shown = devices.get(id);
    return shown && { ...deviceLine(shown), run: () => navigate(paths.device(id)) };
  };
  return { recent, screens, revisions, actions, devices: keys, deviceItem };
}

/** What this screen offers, what can be done with the open device, what keys do here, and what can be done anywhere. */
function useActions(device: DeviceSummary | undefined, reboot: () => void): readonly PaletteItem[] {
  const byScreen = usePalette((palette) => palette.byScreen);
  const lists = useShortcutLists((shortcuts) => shortcuts.lists);
  const ofDevice = useDeviceActions(device, reboot);
  const global = useGlobalActions();
  const deviceName = device?.name;
  return useMemo(() => {
    const shortcuts = [...lists.values()].filter(({ dialog }) => !dialog).flatMap(({ list }) => list);
    const keysOf = new Map(shortcuts.map(({ label, keys }) => [label, keys]));
    const offered = new Set<string>();
    const taken = (group: string, actions: readonly PaletteAction[]) =>
      actions
        .filter(({ label }) => !offered.has(label))
        .map((action) => {
          offered.add(action.label);
          const keys = action.keys ?? keysOf.get(action.label);
          return itemOf(group, { ...action, ...(keys === undefined ? {} : { keys }) });
        });
    const screens = [
      strings.goFleet,
      strings.goCheckouts,
      strings.goActivity,
      strings.goSettings,
      strings.goPolicies,
      strings.openPalette,
    ];
    return [
      ...taken(strings.here, [...byScreen.values()].flat()),
      ...taken(deviceName ?? '', ofDevice),
      ...taken(strings.actions, global),
      // What only a key does is done from here as well.
      ...taken(
        strings.keysHere,
        shortcuts
          .filter(({ label }) => !screens.some((name) => name === label))
          .map(({ label, keys, run }) => ({ id: `key ${keys}`, label, keys, icon: IconBolt, run })),
      ).map((item) => ({ ...item, onlyKey: true })),
    ];
  }, [byScreen, lists, ofDevice, global, deviceName]);
}

function itemOf(group: string, action: PaletteAction): PaletteItem {
  const { description } = action;
  return {
    ...action,
    id: `${group} ${action.id}`,
    group,
    text: action.label.toLowerCase(),
    ...(description && { also: description.toLowerCase() }),
  };
}

function deviceLine(device: DeviceSummary): Omit<PaletteItem, 'run'> {
  const icon: TablerIcon = IconRouter;
  return {
    id: `device ${device.id}`,
    group: strings.devices,
    label: device.name,
    description: `${placeOf(device)} · ${conditionWords[device.condition].word}`,
    icon,
    text: device.name.toLowerCase(),
    also: `${placeOf(device)} ${device.board ?? ''} ${device.running?.revision ?? ''} ${Object.entries(device.labels).flat().join(' ')}`.toLowerCase(),
  };
}

/** A device that was removed has no place in the list. */
function isThere({ place }: RecentPlace, devices: ReadonlyMap<string, DeviceSummary>): boolean {
  const id = deviceIdIn(place);
  return id === undefined || devices.has(id);
}

/** A device may have been renamed since. */
function titleOf({ place, title }: RecentPlace, devices: ReadonlyMap<string, DeviceSummary>): string {
  const id = deviceIdIn(place);
  return (id !== undefined && place === paths.device(id) ? devices.get(id)?.name : undefined) ?? title;
}
