import type { LogEntry } from '../../../shared/contract/logs.ts';
import { strings } from '../../strings/logs.ts';
import { exactTime } from '../../ui/age.ts';
import { toneClass } from '../../ui/MeaningBadge.tsx';
import { lookOf } from './levels.ts';
import { pieces, shownText, sourceOf } from './logSearch.ts';
import classes from './logs.module.css';

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

/** The device's own clock, where it told it; a board without a battery starts in 1970. */
export function deviceTimeText(deviceAt: number | undefined): string {
  if (deviceAt === undefined) return strings.noDeviceTime;
  const time = exactTime(deviceAt);
  return new Date(deviceAt).getUTCFullYear() < 2000 ? `${time} (${strings.clockNotSet})` : time;
}

/** One line of the log: when, how bad, who, and what. */
export function LogRow({ entry, wanted }: { entry: LogEntry; wanted: string }) {
  return (
    <>
      <time
        className={classes.time}
        dateTime={new Date(entry.at ?? 0).toISOString()}
        title={strings.timeTitle(exactTime(entry.at ?? 0), deviceTimeText(entry.deviceAt))}
      >
        {clock.format(entry.at ?? 0)}
      </time>
      <Level level={entry.level} />
      <span className={classes.source} title={sourceOf(entry)}>
        <Marked text={sourceOf(entry)} wanted={wanted} />
      </span>
      <span className={classes.text}>
        <Marked text={shownText(entry.text)} wanted={wanted} />
      </span>
    </>
  );
}

/** A level with its icon: colour is never the only sign. */
export function Level({ level }: { level: string }) {
  const { icon: Icon, tone } = lookOf(level);
  return (
    <span
      className={`${classes.level} ${tone === undefined ? '' : toneClass(tone)}`}
      data-toned={tone !== undefined || undefined}
    >
      <Icon size={12} aria-hidden />
      {level}
    </span>
  );
}

function Marked({ text, wanted }: { text: string; wanted: string }) {
  if (wanted === '') return text;
  return pieces(text, wanted).map(({ at, text: part, hit }) =>
    hit ? <mark key={at}>{part}</mark> : <span key={at}>{part}</span>,
  );
}
