import { IconCheck, IconLoader2, IconLock, IconMinus, IconWaveSine, type TablerIcon } from '@tabler/icons-react';
import type { WayStatus, Ways } from '../../shared/contract/connection.ts';
import { strings } from '../strings/ui.ts';
import classes from './WayMarks.module.css';
import { wayWord } from './wayWords.ts';

const icons: { readonly [K in WayStatus['kind']]: TablerIcon } = {
  'not-configured': IconMinus,
  connecting: IconLoader2,
  open: IconCheck,
  silent: IconWaveSine,
  blocked: IconLock,
};

/** One way with its icon; the word is in the title. */
export function WayMark({ name, way }: { name: string; way: WayStatus }) {
  const Icon = icons[way.kind];
  const { word } = wayWord(way);
  return (
    <span className={classes.mark} data-way={way.kind} title={`${name}: ${word}`}>
      <Icon size={12} aria-hidden />
      {name}
    </span>
  );
}

/** The ways to a device in the room of a table cell: of the local network where it has an address there, of the hub where it is on one. */
export function WayMarks({ ways }: { ways: Ways }) {
  const local = ways.http.kind !== 'not-configured' || ways.ssh.kind !== 'not-configured';
  return (
    <span className={classes.marks}>
      {(local || ways.hub.kind === 'not-configured') && (
        <>
          <WayMark name={strings.httpShort} way={ways.http} />
          <WayMark name={strings.sshShort} way={ways.ssh} />
        </>
      )}
      {ways.hub.kind !== 'not-configured' && <WayMark name={strings.hubShort} way={ways.hub} />}
    </span>
  );
}
