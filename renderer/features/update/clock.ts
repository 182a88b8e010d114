export { duration } from '../../ui/age.ts';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** The local time of day of an instant, to the second. */
export function clockTime(instant: number): string {
  return clock.format(instant);
}
