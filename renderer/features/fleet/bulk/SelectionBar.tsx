import { ActionIcon, Button, Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import {
  IconChevronDown,
  IconCopy,
  IconGitCompare,
  IconPencilShare,
  IconPower,
  IconRefresh,
  IconTags,
  IconX,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { longestSeries } from '../../../../shared/contract/series.ts';
import { paths } from '../../../routes/paths.ts';
import { usePaletteActions } from '../../../stores/palette.ts';
import { strings } from '../../../strings/fleetBulk.ts';
import { GatedButton } from '../../../ui/GatedButton.tsx';
import { GatedItem } from '../../../ui/GatedItem.tsx';
import { showNotice } from '../../../ui/showNotice.ts';
import { whyNoDraft, whyNoOrder } from '../reach.ts';
import { BulkLabels } from './BulkLabels.tsx';
import { BulkPost } from './BulkPost.tsx';
import { BulkReboot } from './BulkReboot.tsx';
import { BulkRestart } from './BulkRestart.tsx';
import classes from './bulk.module.css';

interface SelectionBarProps {
  /** At least one. */
  readonly devices: readonly DeviceSummary[];
  /** Devices that are selected too, and that the filter does not find. */
  readonly hidden: number;
  readonly onClear: () => void;
}

type Dialog = 'labels' | 'reboot' | 'restart' | 'post';

/** What can be done to all selected devices; what can't be says why. */
export function SelectionBar({ devices, hidden, onClear }: SelectionBarProps) {
  const [, navigate] = useLocation();
  const clipboard = useClipboard();
  // A dialog is about the devices that were selected when it opened.
  const [dialog, setDialog] = useState<{ readonly kind: Dialog; readonly devices: readonly DeviceSummary[] }>();
  const [a, b] = devices;
  const reasons = useMemo(() => reasonsOf(devices), [devices]);
  const actions = useMemo(() => {
    const ask = (kind: Dialog) => () => setDialog({ kind, devices });
    return {
      labels: { label: strings.labels, icon: IconTags, run: ask('labels') },
      restart: { label: strings.restart, icon: IconRefresh, run: ask('restart') },
      post: { label: strings.post, icon: IconPencilShare, run: ask('post') },
      reboot: { label: strings.reboot, icon: IconPower, run: ask('reboot') },
      two: {
        label: strings.compareTwo,
        icon: IconGitCompare,
        run: () => a !== undefined && b !== undefined && navigate(paths.compare(a.id, 'current', `device:${b.id}:current`)),
      },
      fleet: {
        label: strings.compareFleet,
        icon: IconGitCompare,
        run: () => a !== undefined && navigate(paths.differences(a.id, 'current')),
      },
    } as const;
  }, [devices, a, b, navigate]);
  usePaletteActions(
    'selection',
    useMemo(
      () =>
        keys
          .filter((key) => reasons[key] === undefined)
          .map((key) => ({
            id: `selection ${key}`,
            label: actions[key].label,
            description: strings.selected(devices.length),
            icon: actions[key].icon,
            run: () => void actions[key].run(),
          })),
      [actions, reasons, devices.length],
    ),
  );
  const copy = (lines: readonly string[]) => {
    clipboard.copy(lines.join('\n'));
    showNotice(strings.copied(lines.length));
  };
  const hosts = devices.flatMap(({ connection }) => connection?.host ?? []);
  const comparing = devices.length === 1 ? 'fleet' : 'two';
  const close = () => setDialog(undefined);
  return (
    <section className={classes.bar} aria-label={strings.bar}>
      <span className={classes.selected} role="status">
        {strings.selected(devices.length)}
      </span>
      {hidden > 0 && <span className={classes.dimLine}>{strings.hidden(hidden)}</span>}
      {([...shownKeys, comparing] as const).map((key) => {
        const { label, icon: Icon, run } = actions[key];
        return (
          <GatedButton key={key} reason={reasons[key]} leftSection={<Icon size={14} aria-hidden />} onClick={() => void run()}>
            {label}
          </GatedButton>
        );
      })}
      <Menu position="top-start">
        <Menu.Target>
          <Button rightSection={<IconChevronDown size={14} aria-hidden />}>{strings.more}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={() => copy(devices.map(({ name }) => name))}>
            {strings.copyNames}
          </Menu.Item>
          <GatedItem
            icon={<IconCopy size={14} aria-hidden />}
            reason={hosts.length === 0 ? strings.noAddresses : undefined}
            onClick={() => copy(hosts)}
          >
            {strings.copyAddresses}
          </GatedItem>
        </Menu.Dropdown>
      </Menu>
      <ActionIcon className={classes.end ?? ''} aria-label={strings.clear} title={strings.clear} onClick={onClear}>
        <IconX size={14} aria-hidden />
      </ActionIcon>
      {dialog?.kind === 'labels' && <BulkLabels devices={dialog.devices} onClose={close} />}
      {dialog?.kind === 'reboot' && <BulkReboot devices={dialog.devices} onClose={close} />}
      {dialog?.kind === 'restart' && <BulkRestart devices={dialog.devices} onClose={close} />}
      {dialog?.kind === 'post' && <BulkPost devices={dialog.devices} onClose={close} />}
    </section>
  );
}

const shownKeys = ['labels', 'restart', 'post', 'reboot'] as const;
const keys = [...shownKeys, 'two', 'fleet'] as const;

function reasonsOf(devices: readonly DeviceSummary[]): { readonly [K in (typeof keys)[number]]?: string } {
  const orders = devices.some((device) => whyNoOrder(device) === undefined) ? undefined : strings.noneOrders;
  const containers = devices.some((device) => (device.containers?.names.length ?? 0) > 0) ? undefined : strings.noContainers;
  const read = devices.every((device) => whyNoDraft(device) === undefined) ? undefined : strings.neverRead;
  const all = {
    restart: orders ?? containers,
    reboot: orders,
    post: devices.length > longestSeries ? strings.tooMany(longestSeries) : undefined,
    two: devices.length === 2 ? read : strings.exactlyTwo,
    fleet: devices.length === 1 ? read : strings.exactlyOne,
  };
  return Object.fromEntries(Object.entries(all).filter(([, reason]) => reason !== undefined));
}
