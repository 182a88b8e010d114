import { VisuallyHidden } from '@mantine/core';
import { strings } from '../strings/ui.ts';
import { hotkeyCaps } from './hotkeyText.ts';
import classes from './Keys.module.css';
import { onMac } from './onMac.ts';

/** A shortcut as caps; a sequence has a word between its keys. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={classes.keys}>
      {hotkeyCaps(keys, onMac).map((caps, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the caps of one shortcut never change places
        <span key={place} className={classes.chord}>
          {place > 0 && <VisuallyHidden component="span">{strings.keyThen}</VisuallyHidden>}
          {caps.map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
