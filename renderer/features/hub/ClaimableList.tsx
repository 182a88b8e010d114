import { Button } from '@mantine/core';
import type { Claimable, HubAccount } from '../../../shared/contract/hub.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { claimStrings as strings } from '../../strings/hub.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './hub.module.css';

interface ClaimableListProps {
  readonly account: HubAccount;
  /** The id that stands in the form now. */
  readonly filledIn: string;
  readonly onFill: (device: Pick<Claimable, 'deviceId' | 'challenge'>) => void;
}

/** The devices that say on the local network that they wait; a click fills the form in. */
export function ClaimableList({ account, filledIn, onFill }: ClaimableListProps) {
  const { data: waiting, error } = useLive(orpc.hub.claimable, undefined);
  const own = hostOf(account.url);
  return (
    <section aria-label={strings.waiting}>
      <h3 className={classes.heading}>{strings.waiting}</h3>
      {error !== null && <ProblemPanel problem={problemOf(error)} />}
      {(waiting === undefined || waiting.length === 0) && <p className={classes.dim}>{strings.waitingNone}</p>}
      {waiting !== undefined && waiting.length > 0 && (
        <ul className={classes.list}>
          {waiting.map((device) => (
            <li key={device.deviceId}>
              <strong className={classes.cut}>{device.name}</strong>
              <code className={classes.cut}>{device.host}</code>
              {device.hub !== undefined && hostOf(device.hub) !== own && (
                <span className={`${classes.dim} ${classes.cut}`}>{strings.otherHub(hostOf(device.hub))}</span>
              )}
              <Button
                size="compact-xs"
                aria-label={`${device.deviceId === filledIn ? strings.filled : strings.fill}: ${device.name}`}
                disabled={device.deviceId === filledIn}
                onClick={() => onFill({ deviceId: device.deviceId, challenge: device.challenge })}
              >
                {device.deviceId === filledIn ? strings.filled : strings.fill}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** A hub says its address as a URL or as a host with a port. */
function hostOf(address: string): string {
  return URL.parse(address)?.hostname || address.replace(/:\d+$/, '');
}
