import { Button } from '@mantine/core';
import { IconFileText, IconTerminal2 } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { ContainerReport, DeviceDetail } from '../../../shared/contract/device.ts';
import type { StateEntry } from '../../../shared/state/state.ts';
import { paths } from '../../routes/paths.ts';
import { wantShell } from '../../stores/wantedShell.ts';
import { strings } from '../../strings/device.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Inspector } from '../../ui/Inspector.tsx';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import { ShortSha } from '../../ui/ShortSha.tsx';
import { hasProcesses } from '../terminal/places.ts';
import type { Makeup } from './containerMakeup.ts';
import { type ContainerRow, meaningOfContainer } from './containerRows.ts';
import classes from './DeviceTabs.module.css';

interface ContainerInspectorProps {
  readonly detail: DeviceDetail;
  readonly row: ContainerRow;
  /** Undefined while the running state is not known. */
  readonly makeup: Makeup | undefined;
  readonly onClose: () => void;
}

/** Everything that is known of one container: what it does now, what it should do, and what it is made of. */
export function ContainerInspector({ detail, row, makeup, onClose }: ContainerInspectorProps) {
  const { report } = row;
  const { id } = detail.summary;
  const group = detail.containers?.groups.find(({ name }) => name === report.group);
  return (
    <Inspector
      label={strings.selectedContainer}
      title={report.name}
      actions={<CopyButton text={report.name} label={strings.copyContainer} />}
      closeLabel={strings.close}
      onClose={onClose}
    >
      <Facts
        facts={[
          {
            name: strings.status,
            value: (
              <MeaningBadge meaning={meaningOfContainer(report.status)} plain>
                {report.status}
              </MeaningBadge>
            ),
          },
          { name: strings.goal, value: report.statusGoal },
          { name: strings.group, value: report.group },
          {
            name: strings.groupStatus,
            value: group?.status !== undefined && strings.ofGoal(group.status, group.statusGoal),
          },
          { name: strings.policy, value: row.policy !== undefined && `${row.policy} (${row.policyFrom ?? strings.asTold})` },
          { name: strings.roles, value: report.roles.join(', ') },
          ...recoveryFacts(report),
        ]}
      />
      <div className={classes.links}>
        <Button component={Link} href={paths.device(id, 'logs')} leftSection={<IconFileText size={14} aria-hidden />}>
          {strings.tabs.logs}
        </Button>
        <Button
          component={Link}
          href={paths.device(id, 'terminal')}
          onClick={() => {
            if (hasProcesses(report.status)) wantShell(id, report.name);
          }}
          leftSection={<IconTerminal2 size={14} aria-hidden />}
        >
          {strings.tabs.terminal}
        </Button>
      </div>
      {makeup === undefined ? <p className={classes.dim}>{strings.makeupUnknown}</p> : <MadeOf makeup={makeup} />}
    </Inspector>
  );
}

function recoveryFacts({ autoRecovery }: ContainerReport) {
  if (autoRecovery === undefined) return [{ name: strings.recovery, value: strings.noRecovery }];
  const { policy, maxRetries, currentRetries = 0, stable } = autoRecovery;
  return [
    { name: strings.recovery, value: policy ?? strings.unknown },
    {
      name: strings.retries,
      value: maxRetries === undefined ? String(currentRetries) : strings.retriesOf(currentRetries, maxRetries),
    },
    { name: strings.stable, value: stable === undefined ? undefined : stable ? strings.isStable : strings.isNotStable },
  ];
}

function MadeOf({ makeup }: { makeup: Makeup }) {
  const { container, entries, storage, drivers, image, imageDigest } = makeup;
  return (
    <section aria-label={strings.madeOf}>
      <h3 className={classes.subtitle}>{strings.madeOf}</h3>
      <Facts
        facts={[
          { name: strings.type, value: container.type },
          { name: strings.image, value: image !== undefined && <span title={imageDigest}>{image}</span> },
          { name: strings.rootVolume, value: container.rootVolume !== undefined && <code>{container.rootVolume}</code> },
          {
            name: strings.volumes,
            value: container.volumes.length > 0 && <code>{container.volumes.join(', ')}</code>,
          },
          {
            name: strings.storage,
            value:
              storage.length > 0 &&
              storage.map(({ volume, persistence }) => (
                <div key={volume}>{strings.stored(volume, persistence ?? strings.unknown)}</div>
              )),
          },
          { name: strings.requiredDrivers, value: drivers.required.join(', ') },
          { name: strings.optionalDrivers, value: drivers.optional.join(', ') },
          { name: strings.manualDrivers, value: drivers.manual.join(', ') },
        ]}
      />
      <ul className={classes.entries} aria-label={strings.containerEntries(entries.length)}>
        {entries.map((entry) => (
          <MadeOfEntry key={entry.key} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function MadeOfEntry({ entry }: { entry: StateEntry }) {
  return (
    <li className={classes.madeOfEntry}>
      <code className={classes.entryKey} title={entry.key}>
        <bdi>{entry.key}</bdi>
      </code>
      {entry.kind === 'object' ? <ShortSha sha={entry.sha} /> : <span className={classes.dim}>{strings.inlineJson}</span>}
    </li>
  );
}
