import { IconCloud, IconNetwork, IconTopologyStar, type TablerIcon } from '@tabler/icons-react';
import type { DeviceSummary } from '../../shared/contract/fleet.ts';
import { type DeviceSource, placeOf, sourceOf } from './deviceSource.ts';
import classes from './SourceMark.module.css';

const marks: { readonly [S in DeviceSource]: { readonly icon: TablerIcon; readonly word: string } } = {
  lan: { icon: IconNetwork, word: 'LAN' },
  hub: { icon: IconCloud, word: 'hub' },
  both: { icon: IconTopologyStar, word: 'LAN + hub' },
};

/** Where a device is known from, with an icon and a word; the address and the account are on hover, a hub's host also beside it where there is room. */
export function SourceMark({ device }: { device: Pick<DeviceSummary, 'connection' | 'hub'> }) {
  const { icon: Icon, word } = marks[sourceOf(device)];
  const [nick, ...rest] = device.hub?.account.split(' · ') ?? [];
  const host = rest.join(' · ');
  return (
    <span className={classes.mark} title={placeOf(device)}>
      <span className={classes.source}>
        <Icon size={14} stroke={1.5} aria-hidden />
        <span className={classes.word}>{word}</span>
        <span className={classes.place}>{nick ?? device.connection?.host}</span>
      </span>
      {host !== '' && <span className={classes.host}>{host}</span>}
    </span>
  );
}
