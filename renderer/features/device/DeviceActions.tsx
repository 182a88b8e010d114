import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDevices, IconPencilPlus, IconPower, IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { DeviceDetail } from '../../../shared/contract/device.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, useLive } from '../../rpc.ts';
import { usePaletteActions } from '../../stores/palette.ts';
import { strings } from '../../strings/device.ts';
import { strings as fleetStrings } from '../../strings/differences.ts';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { DeviceMenu } from '../fleet/DeviceMenu.tsx';
import { whyNoDraft } from '../fleet/reach.ts';
import classes from './DeviceScreen.module.css';
import { RebootDialog } from './RebootDialog.tsx';
import { whyNot } from './reasons.ts';
import { useDraftStart } from './useDraftStart.ts';

/** New draft, the drafts that are there, reboot, refresh, and the rest behind dots. */
export function DeviceActions({ detail }: { detail: DeviceDetail }) {
  const { id } = detail.summary;
  const [, navigate] = useLocation();
  const [rebooting, setRebooting] = useState(false);
  const draft = useDraftStart(id);
  const drafts = useLive(orpc.draft.list, { deviceId: id }).data ?? [];
  const { mutate: refresh, isPending: refreshing } = useMutation(orpc.device.refresh.mutationOptions());
  const noReboot = whyNot(detail, 'reboot');

  const { start } = draft;
  usePaletteActions(
    'device',
    useMemo(
      () => [
        { id: 'new-draft', label: strings.newDraft, icon: IconPencilPlus, run: () => start('current') },
        { id: 'refresh', label: strings.refresh, icon: IconRefresh, run: () => refresh({ id }) },
        ...(noReboot === undefined
          ? [{ id: 'reboot', label: strings.reboot, icon: IconPower, run: () => setRebooting(true) }]
          : []),
      ],
      [start, refresh, id, noReboot],
    ),
  );

  return (
    <div className={classes.actions}>
      <ActionIcon
        size={30}
        component={Link}
        href={paths.differences(id, 'current')}
        aria-label={fleetStrings.whichDiffer}
        title={fleetStrings.whichDiffer}
      >
        <IconDevices size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        size={30}
        aria-label={strings.refresh}
        title={strings.refresh}
        loading={refreshing}
        onClick={() => refresh({ id })}
      >
        <IconRefresh size={16} aria-hidden />
      </ActionIcon>
      <GatedButton reason={noReboot} leftSection={<IconPower size={14} aria-hidden />} onClick={() => setRebooting(true)}>
        {strings.reboot}
      </GatedButton>
      {drafts.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button rightSection={<IconChevronDown size={14} aria-hidden />}>{strings.drafts(drafts.length)}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {drafts.map((summary) => (
              <Menu.Item
                key={summary.id}
                onClick={() => navigate(paths.draft(id, summary.id))}
                rightSection={<RelativeTime at={summary.changedAt} />}
              >
                {summary.title === '' ? '' : `${summary.title} · `}
                {strings.draftEntry(summary.base, summary.changes)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <GatedButton
        reason={whyNoDraft(detail.summary)}
        variant="filled"
        leftSection={<IconPencilPlus size={14} aria-hidden />}
        loading={draft.busy}
        onClick={() => draft.start('current')}
      >
        {strings.newDraft}
      </GatedButton>
      <DeviceMenu device={detail.summary} />
      <RebootDialog device={detail.summary} opened={rebooting} onClose={() => setRebooting(false)} />
    </div>
  );
}
