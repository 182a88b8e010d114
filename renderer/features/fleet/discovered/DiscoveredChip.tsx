import { ActionIcon, Button } from '@mantine/core';
import { IconRouter, IconX } from '@tabler/icons-react';
import type { DiscoveredDevice } from '../../../../shared/contract/fleet.ts';
import { strings } from '../../../strings/fleetDiscovered.ts';
import { addressOf } from './addDiscovered.ts';
import classes from './DiscoveredStrip.module.css';
import type { Adding } from './useAddDiscovered.ts';

interface DiscoveredChipProps {
  readonly device: DiscoveredDevice;
  readonly adding: Adding | undefined;
  readonly onAdd: () => void;
  /** Undefined where there is no account to claim it with, or nothing to claim. */
  readonly onClaim: (() => void) | undefined;
  readonly onHide: () => void;
}

/** A device that was found nearby, with what can be done with it. */
export function DiscoveredChip({ device, adding, onAdd, onClaim, onHide }: DiscoveredChipProps) {
  const { name, unclaimed } = device;
  const busy = adding === 'asking' || adding === 'adding';
  return (
    <li className={classes.chip} data-failed={typeof adding === 'object' ? true : undefined}>
      <IconRouter size={14} stroke={1.5} aria-hidden />
      <span className={classes.name} title={name}>
        {name}
      </span>
      <span className={classes.address}>{addressOf(device)}</span>
      {unclaimed && <span className={classes.unclaimed}>{strings.unclaimed}</span>}
      <span className={classes.state} role="status">
        {adding === 'asking' ? strings.asking : adding === 'adding' ? strings.adding : ''}
      </span>
      <Button size="compact-xs" loading={busy} aria-label={strings.addNamed(name)} onClick={onAdd}>
        {strings.add}
      </Button>
      {onClaim !== undefined && (
        <Button size="compact-xs" aria-label={strings.claimNamed(name)} onClick={onClaim}>
          {strings.claim}
        </Button>
      )}
      <ActionIcon size={20} aria-label={strings.hideNamed(name)} title={strings.hideNamed(name)} onClick={onHide}>
        <IconX size={12} aria-hidden />
      </ActionIcon>
    </li>
  );
}
