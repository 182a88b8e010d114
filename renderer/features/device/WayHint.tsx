import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { WayName } from '../../../shared/contract/connection.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { paths } from '../../routes/paths.ts';
import { orpc } from '../../rpc.ts';
import { strings } from '../../strings/device.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import classes from './DeviceScreen.module.css';

interface WayHintProps {
  readonly device: DeviceSummary;
  readonly name: WayName;
  /** Opens the dialog in which the way is set up. */
  readonly onSetUp: () => void;
}

/** What a way adds, and, where it is not open, how to open it on the device. */
export function WayHint({ device, name, onSetUp }: WayHintProps) {
  const way = device.ways[name];
  const adds = name === 'ssh' && device.hub !== undefined ? strings.addsSshBesideHub : strings.adds[name];
  const asked = way.kind === 'blocked' && way.problem.code !== 'LOGIN_REFUSED';
  // It is reached already: what it waits for stands above, not how to open it.
  const worked = way.kind === 'silent' && way.heardAt !== undefined;
  if (way.kind === 'open' || asked || worked) return <p className={classes.hint}>{adds}</p>;
  return (
    <div className={classes.hint}>
      <p>{adds}</p>
      {name === 'http' && <p>{strings.openHttp}</p>}
      {name === 'ssh' && device.hub !== undefined && (
        <p>
          {strings.openSshHub} <Link href={paths.device(device.id, 'metadata')}>{strings.toMetadata}</Link>
        </p>
      )}
      {name === 'ssh' && <OpenSsh lead={device.hub === undefined ? strings.openSsh : strings.openSshHere} />}
      {way.kind === 'not-configured' && (
        <Button style={{ alignSelf: 'flex-start' }} onClick={onSetUp}>
          {strings.setUp}
        </Button>
      )}
    </div>
  );
}

/** The command that lets this computer's key in, to be run on the device. */
export function OpenSsh({ lead }: { lead: string }) {
  const { data } = useQuery(orpc.settings.ownKey.queryOptions());
  const command = data === undefined ? undefined : `pvcontrol usrmeta save pvr-sdk.authorized_keys "${data.publicKey}"`;
  return (
    <>
      <p>{lead}</p>
      <div className={classes.command}>
        <code title={command}>{command ?? '\u00a0'}</code>
        {command !== undefined && <CopyButton text={command} label={strings.copyCommand} />}
      </div>
      <p>{strings.openSshPort}</p>
    </>
  );
}
