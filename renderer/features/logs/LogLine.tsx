import { CloseButton } from '@mantine/core';
import type { LogEntry } from '../../../shared/contract/logs.ts';
import { strings } from '../../strings/logs.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { deviceTimeText, heardTimeText, Level } from './LogRow.tsx';
import { sourceOf } from './logSearch.ts';
import classes from './logs.module.css';
import { lineText } from './logText.ts';

/** The selected line with its whole text and both times. */
export function LogLine({ entry, onClose }: { entry: LogEntry; onClose: () => void }) {
  return (
    <section className={classes.line} aria-label={strings.line}>
      <div className={classes.lineHead}>
        {entry.level !== '' && <Level level={entry.level} />}
        <span>{sourceOf(entry)}</span>
        {entry.revision !== undefined && (
          <span>
            {strings.revision} <code>{entry.revision}</code>
          </span>
        )}
        <span>
          {strings.heardTime} {heardTimeText(entry)}
        </span>
        <span>
          {strings.deviceTime} {deviceTimeText(entry)}
        </span>
        <span className={classes.spring} />
        <CopyButton text={lineText(entry)} label={strings.copyLines(1)} />
        <CloseButton size="sm" aria-label={strings.closeLine} onClick={onClose} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to be able to */}
      <pre className={classes.lineText} tabIndex={0}>
        {entry.text}
      </pre>
    </section>
  );
}
