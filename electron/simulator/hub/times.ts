/** How the hub writes a time (hub.md §0): read back from its database in UTC with milliseconds, fresh ones in local time with more. */

export const ZERO_TIME = '0001-01-01T00:00:00Z';

/** The server's own offset: not UTC, so that nobody compares times as strings. */
const OFFSET_MINUTES = 120;
const OFFSET = '+02:00';

/** A time that came out of the database; 0 is Go's zero time. Go drops trailing zeros of the fraction. */
export function storedTime(ms: number): string {
  if (ms === 0) return ZERO_TIME;
  return `${new Date(ms).toISOString().slice(0, 19)}${fraction(String(Math.trunc(ms) % 1000).padStart(3, '0'))}Z`;
}

/** 1970-01-01, which a step's `progress-time` is until its device has reported. */
export const NEVER_STORED = '1970-01-01T00:00:00Z';
export const NEVER_FRESH = '1970-01-01T02:00:00+02:00';

let nanos = 1;

/** A time that was just taken and never stored: local offset, nanoseconds. */
export function freshTime(ms: number): string {
  nanos = (nanos * 7919 + 104_729) % 999_983;
  return localTime(ms, nanos);
}

/** When a log entry came: the index gives back the text that the hub wrote then, the same each time. */
export function loggedTime(ms: number, id: string): string {
  return localTime(ms, Number.parseInt(id.slice(-6), 16) % 1_000_000);
}

function localTime(ms: number, below: number): string {
  const local = new Date(Math.trunc(ms) + OFFSET_MINUTES * 60_000).toISOString();
  return `${local.slice(0, 19)}${fraction(local.slice(20, 23) + String(below).padStart(6, '0'))}${OFFSET}`;
}

function fraction(digits: string): string {
  const kept = digits.replace(/0+$/, '');
  return kept === '' ? '' : `.${kept}`;
}
