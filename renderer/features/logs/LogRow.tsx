import { memo } from 'react';
import type { LogEntry } from '../../../shared/contract/logs.ts';
import { strings } from '../../strings/logs.ts';
import { duration, exactTime, shortSpan } from '../../ui/age.ts';
import { toneClass } from '../../ui/MeaningBadge.tsx';
import { lookOf } from './levels.ts';
import type { TimeMode } from './logPrefs.ts';
import { pieces, type Search, shortSourceOf, shownText, sourceOf } from './logSearch.ts';
import classes from './logs.module.css';
import { markWords } from './markWords.ts';
import { hueOf } from './sourceHue.ts';

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

/** The device's own clock, where it told it, or its seconds since boot; a board without a battery starts in 1970. */
export function deviceTimeText({ deviceAt, uptime }: Pick<LogEntry, 'deviceAt' | 'uptime'>): string {
  if (deviceAt === undefined) return uptime === undefined ? strings.noDeviceTime : strings.sinceBoot(duration(uptime * 1000));
  const time = exactTime(deviceAt);
  return new Date(deviceAt).getUTCFullYear() < 2000 ? `${time} (${strings.clockNotSet})` : time;
}

/** When a line was heard, exactly. */
export function heardTimeText({ at }: Pick<LogEntry, 'at'>): string {
  return at === undefined ? strings.noHeardTime : exactTime(at);
}

function timeText(entry: LogEntry, mode: TimeMode, now: number): string {
  const { at, deviceAt, uptime } = entry;
  if (mode === 'device') return deviceAt !== undefined ? clock.format(deviceAt) : uptime === undefined ? '' : `+${uptime} s`;
  // Of a line that was in a file before, only the device's own seconds are known.
  if (at === undefined) return uptime === undefined ? '' : `+${uptime} s`;
  return mode === 'heard' ? clock.format(at) : shortSpan(now - at);
}

interface LogRowProps {
  readonly entry: LogEntry;
  readonly search: Search;
  readonly time: TimeMode;
  /** For ages; a whole second, and 0 where none are shown. */
  readonly now: number;
}

/** One line of the log: when, how bad, who, and what. */
export const LogRow = memo(function LogRow({ entry, search, time, now }: LogRowProps) {
  if (entry.mark !== undefined) return <span className={classes.mark}>{markWords(entry)}</span>;
  return (
    <>
      <span className={classes.time} title={strings.timeTitle(heardTimeText(entry), deviceTimeText(entry))}>
        {timeText(entry, time, now)}
      </span>
      {entry.level === '' ? <span /> : <Level level={entry.level} />}
      <span className={classes.source} data-hue={hueOf(entry.platform ?? '')} title={sourceOf(entry)}>
        <Marked text={shortSourceOf(entry)} search={search} />
      </span>
      <span className={classes.text}>
        <Marked text={shownText(entry.text)} search={search} />
      </span>
    </>
  );
});

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

function Marked({ text, search }: { text: string; search: Search }) {
  if (search.pattern === undefined) return text;
  return pieces(text, search).map(({ at, text: part, hit }) =>
    hit ? <mark key={at}>{part}</mark> : <span key={at}>{part}</span>,
  );
}
