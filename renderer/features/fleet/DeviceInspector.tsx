import { Button, Group } from '@mantine/core';
import { IconHelpCircle, IconPencilPlus } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { WayStatus } from '../../../shared/contract/connection.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { paths } from '../../routes/paths.ts';
import { actionStrings, strings } from '../../strings/fleet.ts';
import { ConditionBadge } from '../../ui/ConditionBadge.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { subject } from '../../ui/commitMessage.ts';
import { Facts } from '../../ui/Facts.tsx';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { Inspector } from '../../ui/Inspector.tsx';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { wayWord } from '../../ui/wayWords.ts';
import { useDraftStart } from '../device/useDraftStart.ts';
import { DeviceMenu } from './DeviceMenu.tsx';
import { LabelChips } from './LabelChips.tsx';
import { isOutOfReach, whyNoDraft } from './reach.ts';

/** What is known of a device without opening it. */
export function DeviceInspector({ device, onClose }: { device: DeviceSummary; onClose: () => void }) {
  const draft = useDraftStart(device.id);
  const { connection, hub } = device;
  const { http, ssh, hub: overHub } = device.ways;
  return (
    <Inspector
      label={strings.inspector}
      title={device.name}
      actions={<DeviceMenu device={device} />}
      closeLabel={strings.close}
      onClose={onClose}
    >
      <Group gap="sm">
        <Button variant="filled" component={Link} href={paths.device(device.id)}>
          {strings.open}
        </Button>
        {device.update !== undefined && (
          <Button component={Link} href={paths.update(device.id, device.update.id)}>
            {strings.openUpdate}
          </Button>
        )}
        <GatedButton
          reason={whyNoDraft(device)}
          loading={draft.busy}
          leftSection={<IconPencilPlus size={14} aria-hidden />}
          onClick={() => draft.start('current')}
        >
          {actionStrings.newDraft}
        </GatedButton>
        {isOutOfReach(device) && (
          <Button component={Link} href={paths.diagnosis(device.id)} leftSection={<IconHelpCircle size={14} aria-hidden />}>
            {actionStrings.diagnosis}
          </Button>
        )}
      </Group>
      <Facts
        facts={[
          { name: strings.condition, value: <ConditionBadge condition={device.condition} /> },
          {
            name: strings.silentFor,
            value: device.silentSince !== undefined && <RelativeTime at={device.silentSince} focusable />,
          },
          { name: strings.running, value: device.running !== undefined && <code>{device.running.revision}</code> },
          { name: strings.message, value: subject(device.running?.message ?? '') },
          {
            name: strings.checkpoint,
            value: device.checkpoint !== undefined && (
              <MeaningBadge meaning={device.checkpoint ? 'checkpoint' : 'stable'}>
                {device.checkpoint ? strings.yes : strings.no}
              </MeaningBadge>
            ),
          },
          {
            name: strings.lastFailure,
            value: device.lastFailure !== undefined && (
              <>
                <StatusBadge status={device.lastFailure.status} /> <code>{device.lastFailure.revision}</code>
                <br />
                {device.lastFailure.message}
              </>
            ),
          },
          { name: strings.address, value: connection !== null && <code>{connection.host}</code> },
          { name: strings.http, value: connection !== null && <WayState way={http} /> },
          { name: strings.ssh, value: connection !== null && <WayState way={ssh} /> },
          { name: strings.hubAccount, value: hub?.account },
          { name: strings.hub, value: hub !== undefined && <WayState way={overHub} /> },
          { name: strings.hubNick, value: hub !== undefined && hub.nick !== device.name && hub.nick },
          {
            name: strings.hubId,
            value: hub !== undefined && (
              <>
                <code>{hub.deviceId}</code> <CopyButton text={hub.deviceId} label={strings.copyHubId} />
              </>
            ),
          },
          {
            name: strings.visibility,
            value:
              hub !== undefined &&
              (hub.public ? <MeaningBadge meaning="warning">{strings.everybody}</MeaningBadge> : strings.ownerOnly),
          },
          { name: strings.labels, value: Object.keys(device.labels).length > 0 && <LabelChips labels={device.labels} /> },
          {
            name: strings.containers,
            value:
              device.containers !== undefined &&
              strings.containersOf(device.containers).replace('\n', ': ').replaceAll('\n', ', '),
          },
          { name: strings.board, value: device.board },
          { name: strings.arch, value: device.arch },
          { name: strings.version, value: device.version },
          { name: strings.mode, value: device.mode },
          { name: strings.heard, value: device.heardAt !== undefined && <RelativeTime at={device.heardAt} focusable /> },
        ]}
      />
    </Inspector>
  );
}

function WayState({ way }: { way: WayStatus }) {
  const { meaning, word } = wayWord(way);
  return <MeaningBadge meaning={meaning}>{word}</MeaningBadge>;
}
