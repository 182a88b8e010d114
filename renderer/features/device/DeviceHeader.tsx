import { Button } from '@mantine/core';
import { IconStethoscope, IconWorld } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { DeviceDetail } from '../../../shared/contract/device.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { isGivenUp } from '../../../shared/progress/given-up.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/device.ts';
import { clockOrDate, exactTime } from '../../ui/age.ts';
import { ConditionBadge } from '../../ui/ConditionBadge.tsx';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { DeviceActions } from './DeviceActions.tsx';
import classes from './DeviceScreen.module.css';
import { GoRemote } from './GoRemote.tsx';
import { HubButton } from './HubButton.tsx';
import { isOffHub } from './offHub.ts';
import { WayButton } from './WayButton.tsx';

/** What the device is, how it is reached, what runs on it, and what can be done with it. */
export function DeviceHeader({ detail }: { detail: DeviceDetail }) {
  const device = detail.summary;
  const { running, update, lastFailure, silentSince, heardAt } = device;
  return (
    <header className={classes.header}>
      <div className={classes.title}>
        <h1 className={classes.name}>{device.name}</h1>
        {device.condition !== 'not-answering' && <ConditionBadge condition={device.condition} />}
        {silentSince !== undefined && (
          <MeaningBadge meaning="silent" title={exactTime(silentSince)}>
            {strings.silentSince(clockOrDate(silentSince, Date.now()))} · <RelativeTime at={silentSince} bare focusable />
          </MeaningBadge>
        )}
        {needsWhy(device) && (
          <Button
            size="compact-xs"
            component={Link}
            href={paths.diagnosis(device.id)}
            leftSection={<IconStethoscope size={14} aria-hidden />}
          >
            {strings.diagnosis}
          </Button>
        )}
        {update !== undefined && (
          <Button size="compact-xs" component={Link} href={paths.update(device.id, update.id)}>
            {strings.updateRuns(update.revision)}
          </Button>
        )}
      </div>
      <DeviceActions detail={detail} />
      <div className={classes.facts}>
        {device.connection !== null && <code>{device.connection.host}</code>}
        <WayButton device={device} name="http" />
        <WayButton device={device} name="ssh" />
        {device.hub !== undefined && (
          <>
            <span className={classes.fact} title={device.hub.account}>
              <HubButton device={device} hub={device.hub} /> {device.hub.account.split(' · ')[0]}
            </span>
            {device.hub.nick !== device.name && <span className={classes.fact}>{strings.nickOnHub(device.hub.nick)}</span>}
            {device.hub.public && (
              <span className={classes.fact} title={strings.publicText}>
                <IconWorld size={14} aria-hidden /> {strings.public}
              </span>
            )}
          </>
        )}
        {isOffHub(device) && (
          <span className={classes.fact}>
            <MeaningBadge meaning="warning" title={strings.offHubText}>
              {strings.offHub}
            </MeaningBadge>
            <GoRemote device={device} compact />
          </span>
        )}
        {running !== undefined && (
          <span className={classes.fact}>
            {strings.running} <code>{running.revision}</code>
            {device.checkpoint !== undefined && (
              <MeaningBadge meaning={device.checkpoint ? 'checkpoint' : 'stable'} plain>
                {device.checkpoint ? strings.checkpoint : strings.noCheckpoint}
              </MeaningBadge>
            )}
          </span>
        )}
        {device.board !== undefined && (
          <span className={classes.fact}>{[device.board, device.arch?.split('/')[0]].filter(Boolean).join(' · ')}</span>
        )}
        {device.version !== undefined && <span className={classes.fact}>{strings.pantavisor(device.version)}</span>}
        {device.mode !== undefined && !isOffHub(device) && <span className={classes.fact}>{strings.mode(device.mode)}</span>}
        <span className={classes.fact}>
          {heardAt === undefined ? (
            strings.neverHeard
          ) : (
            <>
              {strings.heard} <RelativeTime at={heardAt} focusable />
            </>
          )}
        </span>
        {lastFailure !== undefined && (
          <MeaningBadge meaning={lastFailure.status === 'WONTGO' ? 'refused' : 'error'} plain title={lastFailure.message}>
            {failureText(lastFailure)}
          </MeaningBadge>
        )}
      </div>
    </header>
  );
}

/** It does not answer, or a way that is set up does not, or waits for a person. */
function needsWhy({ condition, ways }: DeviceSummary): boolean {
  if (condition === 'not-answering' || condition === 'blocked') return true;
  return [ways.http, ways.ssh, ways.hub].some(({ kind }) => kind === 'silent' || kind === 'blocked');
}

function failureText({ revision, status, message }: NonNullable<DeviceSummary['lastFailure']>): string {
  if (status !== 'WONTGO') return strings.lastFailure(revision, message);
  return isGivenUp(status, message) ? strings.lastGivenUp(revision) : strings.lastRefusal(revision, message);
}
