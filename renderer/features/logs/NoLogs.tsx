import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/logs.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import classes from './logs.module.css';

/** In place of the log of a device that is on no hub: how its log can be read all the same. */
export function NoLogs({ device }: { device: DeviceSummary }) {
  const host = device.connection?.host ?? 'DEVICE';
  const port = device.connection?.ssh?.port ?? 8222;
  const command = `ssh -p ${port} /@${host} 'tail -n 200 /storage/logs/current/pantavisor/pantavisor.log'`;
  return (
    <div className={classes.center}>
      <p className={classes.lead}>{strings.noHub}</p>
      <p>{strings.noHubText}</p>
      <div className={classes.command}>
        <code title={command}>{command}</code>
        <CopyButton text={command} label={strings.copyCommand} />
      </div>
      <div>
        <Button component={Link} href={paths.settings()}>
          {strings.claim}
        </Button>
      </div>
    </div>
  );
}
