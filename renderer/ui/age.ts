import { timeTexts } from '../strings/words.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A span of milliseconds in one short unit: `now`, `12 s`, `4 min`, `3 h`, `2 d`. */
export function shortSpan(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  if (span < second) return timeTexts.now;
  if (span < minute) return timeTexts.seconds(Math.floor(span / second));
  if (span < hour) return timeTexts.minutes(Math.floor(span / minute));
  if (span < day) return timeTexts.hours(Math.floor(span / hour));
  return timeTexts.days(Math.floor(span / day));
}

/** How long ago something was, in words: `just now`, `12 s ago`. Both are instants. */
export function ago(then: number, now: number): string {
  return now - then < 2 * second ? timeTexts.justNow : timeTexts.ago(shortSpan(now - then));
}

/**
 * A duration in milliseconds, with a decimal where it is short: `0.4 s`, `12 s`, `1 min 20 s`. One that is not over zero yet,
 * because the clock on the screen ticks once a second, is 0.
 */
export function duration(span: number): string {
  const milliseconds = Math.max(0, span);
  if (milliseconds < 10 * second) return timeTexts.seconds((milliseconds / second).toFixed(1));
  const seconds = Math.round(milliseconds / second);
  if (seconds < 60) return timeTexts.seconds(seconds);
  const rest = seconds % 60;
  const minutes = Math.floor(seconds / 60);
  return rest === 0 ? timeTexts.minutes(minutes) : timeTexts.minutesAndSeconds(minutes, rest);
}

const exactFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const clockFormat = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });

/** The local time of an instant, with its date where it is not of the day of `now`. */
export function clockOrDate(instant: number, now: number): string {
  const sameDay = new Date(instant).toDateString() === new Date(now).toDateString();
  return (sameDay ? clockFormat : dayFormat).format(instant);
}

/** The exact local date and time of an instant. */
export function exactTime(instant: number): string {
  return exactFormat.format(instant);
}
