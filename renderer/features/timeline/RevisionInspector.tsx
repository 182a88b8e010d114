import { Button } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { RevisionView } from '../../../shared/contract/device.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { explain } from '../../../shared/progress/explain.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/timeline.ts';
import { duration, exactTime } from '../../ui/age.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Inspector } from '../../ui/Inspector.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { CancelRevision } from './CancelRevision.tsx';
import { CopyState } from './CopyState.tsx';
import { ExportRevision } from './ExportRevision.tsx';
import { hubOrderFor } from './hubOrders.ts';
import { MarkWontgo } from './MarkWontgo.tsx';
import { PartChips } from './PartChips.tsx';
import { instantOf } from './revisionDate.ts';
import { stageSegments } from './stageSegments.ts';
import classes from './TimelineTab.module.css';
import { TransitionNote } from './TransitionNote.tsx';

interface RevisionInspectorProps {
  readonly device: DeviceSummary;
  readonly revision: RevisionView;
  readonly onClose: () => void;
}

/** Everything that is known of one revision. */
export function RevisionInspector({ device, revision, onClose }: RevisionInspectorProps) {
  const { statusMessage = '', logs = [] } = revision;
  const meaning = explain(revision.status, statusMessage);
  const at = instantOf(revision.date);
  return (
    <Inspector
      label={strings.inspector}
      title={<code>{revision.revision}</code>}
      actions={<CopyButton text={revision.revision} label={strings.copyRevision} />}
      closeLabel={strings.close}
      onClose={onClose}
    >
      <p className={`${classes.message} ${revision.message === '' ? classes.dim : ''}`}>
        {revision.message === '' ? strings.noMessage : revision.message}
      </p>
      <Facts
        facts={[
          { name: strings.status, value: <StatusBadge status={revision.status} /> },
          { name: '', value: statusMessage },
          { name: strings.meaning, value: meaning.meaning },
          { name: strings.transition, value: hasTransition(revision) && <TransitionNote revision={revision} /> },
          { name: strings.from, value: revision.from !== undefined && <code>{revision.from}</code> },
          { name: strings.committer, value: revision.committer },
          { name: strings.where, value: device.hub !== undefined && (revision.onHub ? strings.onHubOnly : strings.onDeviceOnly) },
          { name: strings.date, value: at === undefined ? revision.date : exactTime(at) },
          {
            name: strings.changed,
            value: (revision.parts?.length ?? 0) > 0 && <PartChips parts={revision.parts} all />,
          },
          ...stageSegments(revision.stages).map(({ word, ms }) => ({ name: word, value: duration(ms) })),
        ]}
      />
      <div className={classes.links}>
        {revision.from !== undefined && (
          <Button
            leftSection={<IconGitCompare size={14} aria-hidden />}
            component={Link}
            href={paths.compare(device.id, revision.from, revision.revision)}
          >
            {strings.compareBefore(revision.from)}
          </Button>
        )}
        <CopyState key={revision.revision} deviceId={device.id} revision={revision.revision} />
        {revision.updateId !== undefined && (
          <Button component={Link} href={paths.update(device.id, revision.updateId)}>
            {strings.openUpdate}
          </Button>
        )}
      </div>
      <HubOrders device={device} revision={revision} />
      {device.hub !== undefined && <ExportRevision device={device} revision={revision} />}
      {!revision.stateKnown && <p className={classes.dim}>{strings.stateUnknown}</p>}
      {logs.length > 0 && (
        <details>
          <summary className={classes.summary}>{strings.logs(logs.length)}</summary>
          <pre className={classes.logs}>{logs.map(logText).join('\n')}</pre>
          <CopyButton text={logs.map(logText).join('\n')} label={strings.copyLogs} />
        </details>
      )}
    </Inspector>
  );
}

function HubOrders({ device, revision }: { device: DeviceSummary; revision: RevisionView }) {
  const order = hubOrderFor(revision);
  if (order === undefined) return null;
  return (
    <div className={classes.orders}>
      {order === 'cancel' ? (
        <>
          <p>{strings.waitingText}</p>
          <CancelRevision deviceId={device.id} revision={revision.revision} />
        </>
      ) : (
        <MarkWontgo
          deviceId={device.id}
          revision={revision.revision}
          reason={order === 'wontgo' ? undefined : strings.wontgoNotYet}
        />
      )}
    </div>
  );
}

function hasTransition({ forecast, actual }: RevisionView): boolean {
  return forecast !== undefined || actual !== undefined;
}

function logText({ level, source, text }: NonNullable<RevisionView['logs']>[number]): string {
  return [level, source, text].filter((part) => part !== undefined).join('  ');
}
